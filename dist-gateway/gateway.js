import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { once } from "node:events";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __esmMin = (fn, res, err) => () => {
	if (err) throw err[0];
	try {
		return fn && (res = fn(fn = 0)), res;
	} catch (e) {
		throw err = [e], e;
	}
};
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
// relay/log.ts
/** Writes lines to `write`, by default standard error. */
var jsonLog = (write = (line) => process.stderr.write(line)) => (level, event, fields = {}) => write(`${JSON.stringify({
	time: (/* @__PURE__ */ new Date()).toISOString(),
	level,
	event,
	...fields
})}\n`);
var DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
/**
* Compares two values using the SameValueZero algorithm, which treats `NaN`
* as equal to itself unlike `===`.
*
* @param value1 The first value.
* @param value2 The second value.
*
* @returns Whether the values are equal.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
/**
* Disallows inherited object properties and prevents object prototype
* pollution by disallowing certain keys.
*
* @param object The object to check.
* @param key The key to check.
*
* @returns Whether the key is allowed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
/* @__NO_SIDE_EFFECTS__ */
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
/**
* A Valibot error with useful information.
*/
var ValiError = class extends Error {
	/**
	* Creates a Valibot error with useful information.
	*
	* @param issues The error issues.
	*/
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};
/* @__NO_SIDE_EFFECTS__ */
function check(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function endsWith(requirement, message$1) {
	return {
		kind: "validation",
		type: "ends_with",
		reference: endsWith,
		async: false,
		expects: `"${requirement}"`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.endsWith(this.requirement)) _addIssue(this, "end", dataset, config$1, { received: `"${dataset.value.slice(-this.requirement.length)}"` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function integer$1(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer$1,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function maxLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function maxValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_value",
		reference: maxValue,
		async: false,
		expects: `<=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function safeInteger(message$1) {
	return {
		kind: "validation",
		type: "safe_integer",
		reference: safeInteger,
		async: false,
		expects: null,
		requirement: Number.isSafeInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "safe integer", dataset, config$1);
			return dataset;
		}
	};
}
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}
var ABORT_EARLY_CONFIG = { abortEarly: true };
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function optional$1(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional$1,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
/**
* Creates a unknown schema.
*
* @returns A unknown schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function variant$2(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant$2,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, /* @__PURE__ */ new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parsed input.
*/
function parse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// protocol/errors.ts
var entry$1 = (wire, actor, sentence) => ({
	wire,
	actor,
	sentence
});
/** Every code with its wire number, who can act, and the sentence a person reads. */
var errorTable = {
	"cancelled": entry$1(1, "person", "You stopped this. What had arrived is kept."),
	"no-node": entry$1(2, "person", "No computer offers this model right now. Nothing was sent; try another model, or share a GPU in another tab."),
	"busy": entry$1(3, "person", "Every computer with this model is busy and the wait was too long. Nothing was sent; try again in a moment."),
	"too-long": entry$1(4, "person", "This conversation is too long for the model. Nothing was sent; shorten it or start a new one."),
	"not-paired": entry$1(5, "person", "That device is not paired with this one, or no longer. Pair both devices first; nothing was sent."),
	"already-running": entry$1(6, "person", "Sharing already runs in another tab of this browser. Stop it there first."),
	"unfunded": entry$1(7, "person", "Your deposit does not cover this. Nothing was sent and nothing was paid; deposit in the wallet, or choose a free computer."),
	"trial-over": entry$1(8, "person", "Your free answers are used up for now. Nothing was sent; deposit in the wallet, or choose a free computer."),
	"bad-amount": entry$1(9, "person", "That is not a sum of coins. Nothing was done; write a number above zero with at most nine decimals, such as 0.5."),
	"bad-address": entry$1(10, "person", "That is not an address of this network. Nothing was sent; copy it again from the wallet."),
	"bad-wallet": entry$1(11, "person", "The wallet could not prove its address, or is on another network. Nothing was changed; switch the network in the wallet and connect it again."),
	"credit-limit": entry$1(12, "person", "This relay owes this computer as much as you allow. Collect your earnings, and paid jobs go on."),
	"wallet-silent": entry$1(13, "person", "The wallet did not answer. It may still have sent the coins: look there before you try again; we go on looking on the chain."),
	"wallet-empty": entry$1(14, "person", "The wallet has too few coins for this and its fees. Nothing was sent; put coins into it and try again."),
	"metered": entry$1(15, "person", "This connection may cost you by the megabyte, so the large download has not begun. Go on if you like, or come back on another connection."),
	"wrong-task": entry$1(16, "person", "This model can not do that. Nothing was computed; choose another model."),
	"bad-media": entry$1(17, "person", "This picture or sound could not be read. Nothing was computed; try another file."),
	"kept-home": entry$1(18, "person", "This conversation never leaves your devices. Nothing was sent; ask this device or one of yours, or turn that off for it first."),
	"not-here": entry$1(19, "person", "This model is not on this device yet. Nothing was computed; get it first, or choose another model."),
	"node-lost": entry$1(20, "other-side", "The answering computer went offline and no other could continue. What had arrived is kept; ask again to continue."),
	"stalled": entry$1(21, "other-side", "The answering computer stopped sending, so we left it. What had arrived is kept; ask again."),
	"tampered": entry$1(22, "other-side", "A piece of the answer was changed, repeated or lost on the way, so we stopped. What had arrived before it is intact; ask again."),
	"bad-offer": entry$1(23, "other-side", "The offer of the answering computer is not valid, so nothing was sent. Try again."),
	"wrong-node": entry$1(24, "other-side", "The relay connected us to a computer you did not choose, so nothing was sent. Try again or use another relay."),
	"wrong-model": entry$1(25, "other-side", "The computer offered a different model than you asked for, so nothing was sent. Try again."),
	"bad-receipt": entry$1(26, "other-side", "The receipt of this answer does not check out, so do not rely on the answer. The computer will be avoided."),
	"overran": entry$1(27, "other-side", "The answering computer would not stop, so we left it. What had arrived is kept."),
	"refused": entry$1(28, "other-side", "The computer could not take this job, and nothing was computed. Try again."),
	"expired": entry$1(29, "other-side", "The offer ran out before the question reached the computer. Nothing was computed; try again."),
	"bad-node": entry$1(30, "other-side", "The relay could not verify this computer, so it was not listed. Reload the page and start again."),
	"dial-refused": entry$1(31, "other-side", "The other device did not accept a direct connection. Open Bombyx there and check the pairing."),
	"unpaid": entry$1(32, "other-side", "The payment for the next piece did not come, so the answer stopped. What had arrived is paid and kept; ask again."),
	"overcharged": entry$1(33, "other-side", "The other side asked for more than the answer is worth, so we stopped paying it. What had arrived is kept; it will be avoided."),
	"bad-voucher": entry$1(34, "other-side", "A voucher does not check out, so it was refused. No coin moved; reload the page and try again."),
	"banned": entry$1(35, "other-side", "This relay keeps this address or computer out for a while, because too much went wrong. Nothing was sent; wait, or use another relay."),
	"outdated": entry$1(36, "person", "This page is older than the relay. Nothing was sent; load the new version of the page."),
	"relay-outdated": entry$1(37, "other-side", "This relay is older than the page. Nothing was sent; its operator has to update it, or use another relay."),
	"bad-relay": entry$1(38, "other-side", "The relay could not show who it is, so nothing was sent to it. Try again later, or use another relay."),
	"relay-changed": entry$1(39, "other-side", "The relay shows another key than before, so nothing was sent to it. Ask its operator; under Settings you can decide to use it all the same."),
	"no-webgpu": entry$1(40, "platform", "This browser cannot use the GPU. You can still ask, or share the demo model on the processor."),
	"gpu-lost": entry$1(41, "platform", "The GPU was reset. The job was handed back to other computers."),
	"load-failed": entry$1(42, "platform", "The model could not be loaded. Nothing is shared; check the connection and start again."),
	"engine-failed": entry$1(43, "platform", "The model failed while answering. What had arrived is kept; ask again."),
	"offline": entry$1(44, "platform", "The relay cannot be reached. Nothing was sent; check the connection and try again."),
	"link-closed": entry$1(45, "platform", "The connection to the relay was lost. What had arrived is kept; it reconnects by itself, then ask again."),
	"chain-down": entry$1(46, "platform", "The TON network can not be reached now. No coin moved; what is already deposited goes on working, try the rest again later."),
	"storage-full": entry$1(47, "platform", "This browser has too little room for the model. What was already checked is kept; delete a model that you no longer need, or free space on the disk, and start again."),
	"own-lost": entry$1(48, "platform", "The model was lost on this device again and again. What had arrived is kept; close other tabs or choose a smaller model, then ask again."),
	"own-busy": entry$1(49, "person", "This device shares another model now and has no room for a second one. Nothing was computed; choose the one that is shared, or stop sharing first."),
	"books-away": entry$1(50, "platform", "This relay can not reach its books now. No coin moved; what had arrived is kept and paid. Ask free computers, or try again in a moment."),
	"bad-message": entry$1(60, "us", "A message could not be understood and was refused. Reload the page; if it stays, tell us."),
	"too-large": entry$1(61, "us", "A message was larger than allowed and was refused. Shorten it and try again."),
	"bad-version": entry$1(62, "us", "This page and the relay speak different versions. Reload the page."),
	"duplicate": entry$1(63, "us", "This job was already sent once, so the copy was refused. Ask again."),
	"slow-consumer": entry$1(64, "us", "This connection did not keep up and was closed. It reconnects by itself."),
	"flood": entry$1(65, "us", "Too many messages came in a short time, so the connection was closed. Wait a moment and try again."),
	"internal": entry$1(66, "us", "Something went wrong on our side. Nothing was lost; try again, and tell us if it stays."),
	"bad-work": entry$1(67, "us", "This relay asks for a little work for each free answer, and the proof of it was missing or wrong. Nothing was sent; reload the page and ask again.")
};
var byWire = new Map(Object.keys(errorTable).map((code) => [errorTable[code].wire, code]));
/** The number that stands for `code` on the wire. */
var wireOfCode = (code) => errorTable[code].wire;
/** The code behind a wire number; an unknown number (a newer peer) reads as `internal`. */
var codeOfWire = (wire) => byWire.get(wire) ?? "internal";
/** The one error class of the network. Compare `code`, never `instanceof` or `message`: classes do not survive a worker. */
var NetworkError = class extends Error {
	name = "NetworkError";
	code;
	/** @param detail for logs and the details view; never holds content of a job. */
	constructor(code, detail, options) {
		super(detail === void 0 ? code : `${code}: ${detail}`, options);
		this.code = code;
	}
};
/** The code of anything thrown; what is not ours reads as `internal`. */
function codeOf(error) {
	if (typeof error !== "object" || error === null) return "internal";
	if ("code" in error && typeof error.code === "string" && Object.hasOwn(errorTable, error.code)) return error.code;
	return "name" in error && error.name === "AbortError" ? "cancelled" : "internal";
}
/** The sentence a person reads for anything thrown. */
var sentenceOf = (error) => errorTable[codeOf(error)].sentence;
// relay/config-fields.ts
/** Kinds of settings. */
var integer = ({ fallback, min, max }) => /* @__PURE__ */ pipe(/* @__PURE__ */ optional$1(/* @__PURE__ */ string(), String(fallback)), /* @__PURE__ */ regex(/^\d+$/, "must be a whole number"), /* @__PURE__ */ transform(Number), /* @__PURE__ */ minValue(min, `must be at least ${min}`), /* @__PURE__ */ maxValue(max, `must be at most ${max}`));
/** `https://relay.example.org`, as browsers write an origin; no pattern that stands for many. */
function originIn(text) {
	const url = URL.canParse(text) ? new URL(text) : void 0;
	return url && (url.protocol === "https:" || url.protocol === "http:") && url.pathname === "/" && url.search === "" && url.username === "" && !url.hostname.includes("*") ? url.origin : void 0;
}
var isOrigin = (text) => originIn(text) !== void 0;
var mostRelays = 32;
var origin = /* @__PURE__ */ pipe(/* @__PURE__ */ optional$1(/* @__PURE__ */ string(), ""), /* @__PURE__ */ check((text) => text === "" || isOrigin(text), "must be like https://relay.example.org"), /* @__PURE__ */ transform((text) => originIn(text)));
var origins = /* @__PURE__ */ pipe(/* @__PURE__ */ optional$1(/* @__PURE__ */ string(), ""), /* @__PURE__ */ transform((text) => text.split(",").map((each) => each.trim()).filter((each) => each !== "")), /* @__PURE__ */ check((list) => list.length <= mostRelays && list.every(isOrigin), `must be at most ${mostRelays} addresses like https://relay.example.org, with commas between`), /* @__PURE__ */ transform((list) => [...new Set(list.flatMap((text) => originIn(text) ?? []))]));
// relay/gateway/config.ts
/** The gateway's settings, read once from the environment; a wrong or unknown key stops the start with the reason. */
var names = /* @__PURE__ */ pipe(/* @__PURE__ */ optional$1(/* @__PURE__ */ string(), ""), /* @__PURE__ */ transform((text) => text.split(",").map((name) => name.trim().toLowerCase()).filter((name) => name !== "")));
var schema$1 = /* @__PURE__ */ strictObject({
	BOMBYX_GATEWAY_HOST: /* @__PURE__ */ optional$1(/* @__PURE__ */ string(), "127.0.0.1"),
	BOMBYX_GATEWAY_PORT: integer({
		fallback: 8790,
		min: 0,
		max: 65535
	}),
	BOMBYX_GATEWAY_RELAY: origin,
	BOMBYX_GATEWAY_DATA: /* @__PURE__ */ optional$1(/* @__PURE__ */ string(), join(homedir(), ".bombyx/gateway")),
	BOMBYX_GATEWAY_ALLOWED_HOSTS: names,
	BOMBYX_GATEWAY_ORIGINS: origins,
	BOMBYX_GATEWAY_LEVEL: /* @__PURE__ */ optional$1(/* @__PURE__ */ picklist(["network", "mine"], "must be network or mine"), "network"),
	BOMBYX_GATEWAY_DELIVERY: /* @__PURE__ */ optional$1(/* @__PURE__ */ picklist(["stream", "quiet"], "must be stream or quiet"), "stream")
});
var usualRelay = "http://localhost:8787";
/** @throws Error that names the key and what is allowed */
function readConfig(environment) {
	const ours = Object.entries(environment).filter(([key, value]) => value !== void 0 && key.startsWith("BOMBYX_GATEWAY_"));
	const parsed = /* @__PURE__ */ safeParse(schema$1, Object.fromEntries(ours));
	if (!parsed.success) {
		const reasons = parsed.issues.map((issue) => `${/* @__PURE__ */ getDotPath(issue) ?? "environment"} ${issue.type === "strict_object" ? "is not a setting of the gateway" : issue.message}`);
		throw new Error(`The gateway did not start: ${reasons.join("; ")}. See docs/gateway.md for the settings.`);
	}
	const values = parsed.output;
	return Object.freeze({
		host: values.BOMBYX_GATEWAY_HOST,
		port: values.BOMBYX_GATEWAY_PORT,
		relay: values.BOMBYX_GATEWAY_RELAY ?? usualRelay,
		data: resolve(values.BOMBYX_GATEWAY_DATA),
		allowedHosts: [.../* @__PURE__ */ new Set([
			"localhost",
			"127.0.0.1",
			"[::1]",
			values.BOMBYX_GATEWAY_HOST.toLowerCase(),
			...values.BOMBYX_GATEWAY_ALLOWED_HOSTS
		])],
		origins: values.BOMBYX_GATEWAY_ORIGINS,
		level: values.BOMBYX_GATEWAY_LEVEL,
		delivery: values.BOMBYX_GATEWAY_DELIVERY
	});
}
// protocol/bytes.ts
/** Bytes and text: hex, UTF-8, concatenation, comparison. */
var digits = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Bytes that are written at once; ids are shorter. */
var hexChunk = 512;
var encoder = new TextEncoder();
/** Lower-case hex of all bytes. */
function toHex(bytes) {
	if (bytes.length <= hexChunk) return chunkToHex(bytes);
	let text = "";
	for (let start = 0; start < bytes.length; start += hexChunk) text += chunkToHex(bytes.subarray(start, start + hexChunk));
	return text;
}
/** In one piece: a text that is joined digit by digit stays a tree of its parts in memory, 16 times its size, and a relay keeps two for each node. */
function chunkToHex(bytes) {
	const codes = [];
	for (let index = 0; index < bytes.length; index += 1) {
		const byte = bytes[index] ?? 0;
		codes[index * 2] = digits[byte >> 4] ?? 0;
		codes[index * 2 + 1] = digits[byte & 15] ?? 0;
	}
	return String.fromCharCode(...codes);
}
/** Bytes of lower- or upper-case hex. @throws NetworkError `bad-message` */
function fromHex(text) {
	if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new NetworkError("bad-message", "not hex");
	return Uint8Array.from({ length: text.length / 2 }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
/** UTF-8 bytes of a text. */
var utf8 = (text) => encoder.encode(text);
/** Text of UTF-8 bytes. @throws NetworkError `bad-message` when they are not UTF-8 */
function fromUtf8(bytes) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch (error) {
		throw new NetworkError("bad-message", "not UTF-8", { cause: error });
	}
}
/** One new array with all parts in order. */
function concat$1(...parts) {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		joined.set(part, offset);
		offset += part.length;
	}
	return joined;
}
/** Whether both hold the same bytes; the time does not depend on where they differ. */
function equal(left, right) {
	if (left.length !== right.length) return false;
	let difference = 0;
	for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
	return difference === 0;
}
/** A copy with a buffer of its own; for bytes that are views of something larger. */
var own = (bytes) => Uint8Array.from(bytes);
/** Fresh random bytes from the host's secure source. */
var randomBytes$3 = (length) => crypto.getRandomValues(new Uint8Array(length));
// node_modules/@noble/hashes/_u64.js
function fromBig$1(n, le = false) {
	if (le) return {
		h: Number(n & U32_MASK64$1),
		l: Number(n >> _32n$1 & U32_MASK64$1)
	};
	return {
		h: Number(n >> _32n$1 & U32_MASK64$1) | 0,
		l: Number(n & U32_MASK64$1) | 0
	};
}
function split$1(lst, le = false) {
	const len = lst.length;
	let Ah = new Uint32Array(len);
	let Al = new Uint32Array(len);
	for (let i = 0; i < len; i++) {
		const { h, l } = fromBig$1(lst[i], le);
		[Ah[i], Al[i]] = [h, l];
	}
	return [Ah, Al];
}
function setU64FromNum(view, byteOffset, n, isLE) {
	const h = fromNumH(n);
	const l = fromNumL(n);
	view.setUint32(byteOffset, isLE ? l : h, isLE);
	view.setUint32(byteOffset + 4, isLE ? h : l, isLE);
}
function add$1(Ah, Al, Bh, Bl) {
	const l = (Al >>> 0) + (Bl >>> 0);
	return {
		h: Ah + Bh + (l / 2 ** 32 | 0) | 0,
		l: l | 0
	};
}
var U32_MASK64$1, _32n$1, fromNumH, fromNumL, shrSH, shrSL, rotrSH, rotrSL, rotrBH, rotrBL, add3L, add3H, add4L, add4H, add5L, add5H;
var init__u64 = __esmMin((() => {
	U32_MASK64$1 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
	_32n$1 = /* @__PURE__ */ BigInt(32);
	fromNumH = (n) => n / 2 ** 32 | 0;
	fromNumL = (n) => n >>> 0;
	shrSH = (h, _l, s) => h >>> s;
	shrSL = (h, l, s) => h << 32 - s | l >>> s;
	rotrSH = (h, l, s) => h >>> s | l << 32 - s;
	rotrSL = (h, l, s) => h << 32 - s | l >>> s;
	rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
	rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
	add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
	add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
	add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
	add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
	add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
	add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;
}));
// node_modules/@noble/hashes/utils.js
/**
* Checks if something is Uint8Array. Be careful: nodejs Buffer will return true.
* @param a - value to test
* @returns `true` when the value is a Uint8Array-compatible view.
* @example
* Check whether a value is a Uint8Array-compatible view.
* ```ts
* isBytes(new Uint8Array([1, 2, 3]));
* ```
*/
function isBytes$3(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
/**
* Asserts something is a non-negative integer.
* @param n - number to validate
* @param title - label included in thrown errors
* @returns The validated number.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a non-negative integer option.
* ```ts
* anumber(32, 'length');
* ```
*/
function anumber$3(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle$1(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle$1(title) + "expected integer >= 0, got " + n);
	return n;
}
/**
* Asserts something is Uint8Array.
* @param value - value to validate
* @param length - optional exact length constraint
* @param title - label included in thrown errors
* @returns The validated byte array.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate that a value is a byte array.
* ```ts
* abytes(new Uint8Array([1, 2, 3]));
* ```
*/
function abytes$3(value, length, title = "") {
	if (isBytes$3(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber$3(length, "length");
	const bytes = isBytes$3(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle$1(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
/**
* Asserts something is a wrapped hash constructor.
* @param h - hash constructor to validate
* @throws On wrong argument types or invalid hash wrapper shape. {@link TypeError}
* @throws On invalid hash metadata ranges or values. {@link RangeError}
* @throws If the hash metadata allows empty outputs or block sizes. {@link Error}
* @example
* Validate a callable hash wrapper.
* ```ts
* import { ahash } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* ahash(sha256);
* ```
*/
function ahash$1(h) {
	if (typeof h !== "function" || typeof h.create !== "function") throw new TypeError("expected hash wrapped by utils.createHasher");
	anumber$3(h.outputLen);
	anumber$3(h.blockLen);
	if (h.outputLen < 1 || h.blockLen < 1) throw new Error("hash blockLen / outputLen must be >= 1");
}
/**
* Asserts a hash instance has not been destroyed or finished.
* @param instance - hash instance to validate
* @param checkFinished - whether to reject finalized instances
* @throws If the hash instance has already been destroyed or finalized. {@link Error}
* @example
* Validate that a hash instance is still usable.
* ```ts
* import { aexists } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aexists(hash);
* ```
*/
function aexists$2(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
/**
* Asserts output is a sufficiently-sized byte array.
* @param out - destination buffer
* @param instance - hash instance providing output length
* Oversized buffers are allowed; downstream code only promises to fill the first `outputLen` bytes.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a caller-provided digest buffer.
* ```ts
* import { aoutput } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aoutput(new Uint8Array(hash.outputLen), hash);
* ```
*/
function aoutput$2(out, instance) {
	abytes$3(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
/**
* Zeroizes typed arrays in place. Warning: JS provides no guarantees.
* @param arrays - arrays to overwrite with zeros
* @example
* Zeroize sensitive buffers in place.
* ```ts
* clean(new Uint8Array([1, 2, 3]));
* ```
*/
function clean$2(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
/**
* Creates a DataView for byte-level manipulation.
* @param arr - source typed array
* @returns DataView over the same buffer region.
* @example
* Create a DataView over an existing buffer.
* ```ts
* createView(new Uint8Array(4));
* ```
*/
function createView$1(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
/**
* Rotate-right operation for uint32 values.
* @param word - source word
* @param shift - shift amount in bits
* @returns Rotated word.
* @example
* Rotate a 32-bit word to the right.
* ```ts
* rotr(0x12345678, 8);
* ```
*/
function rotr$1(word, shift) {
	return word << 32 - shift | word >>> shift;
}
/**
* Convert byte array to hex string.
* Uses the built-in function when available and assumes it matches the tested
* fallback semantics.
* @param bytes - bytes to encode
* @returns Lowercase hexadecimal string.
* @throws On wrong argument types. {@link TypeError}
* @example
* Convert bytes to lowercase hexadecimal.
* ```ts
* bytesToHex(Uint8Array.from([0xca, 0xfe, 0x01, 0x23])); // 'cafe0123'
* ```
*/
function bytesToHex$2(bytes) {
	abytes$3(bytes);
	if (hasHexBuiltin$1) return bytes.toHex();
	let hex = "";
	for (let i = 0; i < bytes.length; i++) hex += hexes$1[bytes[i]];
	return hex;
}
function asciiToBase16$1(ch) {
	return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - 55 : ch >= 97 && ch <= 102 ? ch - 87 : void 0;
}
/**
* Convert hex string to byte array. Uses built-in function, when available.
* @param hex - hexadecimal string to decode
* @returns Decoded bytes.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Decode lowercase hexadecimal into bytes.
* ```ts
* hexToBytes('cafe0123'); // Uint8Array.from([0xca, 0xfe, 0x01, 0x23])
* ```
*/
function hexToBytes$2(hex) {
	if (typeof hex !== "string") throw new TypeError("hex string expected, got " + typeof hex);
	if (hasHexBuiltin$1) try {
		return Uint8Array.fromHex(hex);
	} catch (error) {
		if (error instanceof SyntaxError) throw new RangeError(error.message);
		throw error;
	}
	const hl = hex.length;
	const al = hl / 2;
	if (hl % 2) throw new RangeError("hex string expected, got unpadded hex of length " + hl);
	const array = new Uint8Array(al);
	for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
		const n1 = asciiToBase16$1(hex.charCodeAt(hi));
		const n2 = asciiToBase16$1(hex.charCodeAt(hi + 1));
		if (n1 === void 0 || n2 === void 0) {
			const char = hex[hi] + hex[hi + 1];
			throw new RangeError("hex string expected, got non-hex character \"" + char + "\" at index " + hi);
		}
		array[ai] = n1 * 16 + n2;
	}
	return array;
}
/**
* Converts string to bytes using UTF8 encoding.
* Built-in doesn't validate input to be string: we do the check.
* Non-ASCII details are delegated to the platform `TextEncoder`.
* @param str - string to encode
* @returns UTF-8 encoded bytes.
* @throws On wrong argument types. {@link TypeError}
* @example
* Encode a string as UTF-8 bytes.
* ```ts
* utf8ToBytes('abc'); // Uint8Array.from([97, 98, 99])
* ```
*/
function utf8ToBytes(str) {
	if (typeof str !== "string") throw new TypeError("string expected");
	const encoded = new TextEncoder().encode(str);
	try {
		return new Uint8Array(encoded);
	} finally {
		clean$2(encoded);
	}
}
/**
* Copies several Uint8Arrays into one.
* @param arrays - arrays to concatenate
* @returns Concatenated byte array.
* @throws On wrong argument types. {@link TypeError}
* @example
* Concatenate multiple byte arrays.
* ```ts
* concatBytes(new Uint8Array([1]), new Uint8Array([2]));
* ```
*/
function concatBytes$1(...arrays) {
	let sum = 0;
	for (let i = 0; i < arrays.length; i++) {
		const a = arrays[i];
		abytes$3(a);
		sum += a.length;
	}
	const res = new Uint8Array(sum);
	for (let i = 0, pad = 0; i < arrays.length; i++) {
		const a = arrays[i];
		res.set(a, pad);
		pad += a.length;
	}
	return res;
}
/**
* Merges default options and passed options.
* @param defaults - base option object
* @param opts - user overrides
* @param title - label included in thrown override errors
* @returns Fresh merged option object with a null prototype.
* @throws On wrong argument types. {@link TypeError}
* @example
* Merge user overrides onto default options.
* ```ts
* checkOpts({ dkLen: 32 }, { asyncTick: 10 });
* ```
*/
function checkOpts(defaults, opts, title = "opts") {
	aopts(defaults, "defaults");
	if (opts !== void 0) aopts(opts, title);
	return Object.assign(Object.create(null), defaults, opts);
}
/**
* Creates a callable hash function from a stateful class constructor.
* @param hashCons - hash constructor or factory
* @param info - optional metadata such as DER OID
* @returns Frozen callable hash wrapper with `.create()`.
*   Wrapper construction eagerly calls `hashCons(undefined)` once to read
*   `outputLen` / `blockLen`, so constructor side effects happen at module
*   init time.
* @throws On wrong argument types. {@link TypeError}
* @example
* Wrap a stateful hash constructor into a callable helper.
* ```ts
* import { createHasher } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const wrapped = createHasher(sha256.create, { oid: sha256.oid });
* wrapped(new Uint8Array([1]));
* ```
*/
function createHasher$3(hashCons, info = {}) {
	if (typeof hashCons !== "function") throw new TypeError("\"hashCons\" expected function, got type=" + typeof hashCons);
	info = checkOpts({}, info, "info");
	const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	hashC.outputLen = tmp.outputLen;
	hashC.blockLen = tmp.blockLen;
	hashC.canXOF = tmp.canXOF;
	hashC.create = (opts) => hashCons(opts);
	Object.assign(hashC, info);
	return Object.freeze(hashC);
}
/**
* Cryptographically secure PRNG backed by `crypto.getRandomValues`.
* @param bytesLength - number of random bytes to generate
* @returns Random bytes.
* The platform `getRandomValues()` implementation still defines any
* single-call length cap, and this helper rejects oversize requests
* with a stable library `RangeError` instead of host-specific errors.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @throws If the current runtime does not provide `crypto.getRandomValues`. {@link Error}
* @example
* Generate a fresh random key or nonce.
* ```ts
* const key = randomBytes(16);
* ```
*/
function randomBytes$2(bytesLength = 32) {
	anumber$3(bytesLength, "bytesLength");
	const cr = typeof globalThis === "object" ? globalThis.crypto : null;
	if (typeof cr?.getRandomValues !== "function") throw new Error("crypto.getRandomValues must be defined");
	if (bytesLength > 65536) throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
	return cr.getRandomValues(new Uint8Array(bytesLength));
}
var atitle$1, aobject$1, aopts, hasHexBuiltin$1, hexes$1, oidNist$2;
var init_utils$1 = __esmMin((() => {
	atitle$1 = (title) => title ? `"${title}" ` : "";
	aobject$1 = (value, label) => {
		if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
	};
	aopts = (value, label) => {
		aobject$1(value, label);
		const proto = Object.getPrototypeOf(value);
		if (proto !== Object.prototype && proto !== null) throw new TypeError(`"${label}" expected plain object`);
		if (Object.hasOwn(value, "__proto__")) throw new TypeError(`"${label}.__proto__" is not allowed`);
	};
	hasHexBuiltin$1 = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function")();
	hexes$1 = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
	oidNist$2 = (suffix) => ({ oid: Uint8Array.from([
		6,
		9,
		96,
		134,
		72,
		1,
		101,
		3,
		4,
		2,
		suffix
	]) });
}));
// node_modules/@noble/hashes/_md.js
/**
* Shared 32-bit conditional boolean primitive reused by SHA-256, SHA-1, and MD5 `F`.
* Returns bits from `b` when `a` is set, otherwise from `c`.
* The XOR form is equivalent to MD5's `F(X,Y,Z) = XY v not(X)Z` because the masked terms never
* set the same bit.
* @param a - selector word
* @param b - word chosen when selector bit is set
* @param c - word chosen when selector bit is clear
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit choice primitive.
* ```ts
* Chi(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Chi$1(a, b, c) {
	return a & b ^ ~a & c;
}
/**
* Shared 32-bit majority primitive reused by SHA-256 and SHA-1.
* Returns bits shared by at least two inputs.
* @param a - first input word
* @param b - second input word
* @param c - third input word
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit majority primitive.
* ```ts
* Maj(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Maj$1(a, b, c) {
	return a & b ^ a & c ^ b & c;
}
var HashMD$1, SHA256_IV$1, SHA512_IV;
var init__md = __esmMin((() => {
	init__u64();
	init_utils$1();
	HashMD$1 = class {
		blockLen;
		outputLen;
		canXOF = false;
		padOffset;
		isLE;
		buffer;
		view;
		finished = false;
		length = 0;
		pos = 0;
		destroyed = false;
		constructor(blockLen, outputLen, padOffset, isLE) {
			this.blockLen = blockLen;
			this.outputLen = outputLen;
			this.padOffset = padOffset;
			this.isLE = isLE;
			this.buffer = new Uint8Array(blockLen);
			this.view = createView$1(this.buffer);
		}
		update(data) {
			aexists$2(this);
			abytes$3(data);
			const { view, buffer, blockLen } = this;
			const len = data.length;
			let processed = false;
			for (let pos = 0; pos < len;) {
				const take = Math.min(blockLen - this.pos, len - pos);
				if (take === blockLen) {
					const dataView = createView$1(data);
					for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos);
					processed = true;
					continue;
				}
				buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
				this.pos += take;
				pos += take;
				if (this.pos === blockLen) {
					this.process(view, 0);
					this.pos = 0;
					processed = true;
				}
			}
			this.length += data.length;
			if (processed) this.roundClean();
			return this;
		}
		digestInto(out) {
			aexists$2(this);
			aoutput$2(out, this);
			this.finished = true;
			const { buffer, view, blockLen, isLE } = this;
			let { pos } = this;
			buffer[pos++] = 128;
			buffer.fill(0, pos);
			if (this.padOffset > blockLen - pos) {
				this.process(view, 0);
				buffer.fill(0);
			}
			setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
			this.process(view, 0);
			this.roundClean();
			const oview = out === buffer ? view : createView$1(out);
			const len = this.outputLen;
			const outLen = len / 4;
			const state = this.get();
			if (len % 4 || outLen > state.length) throw new Error("invalid outputLen");
			for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE);
		}
		digest() {
			const { buffer, outputLen } = this;
			this.digestInto(buffer);
			const res = buffer.slice(0, outputLen);
			this.destroy();
			return res;
		}
		_cloneIntoMeta(to) {
			const { buffer, length, finished, destroyed, pos } = this;
			to.destroyed = destroyed;
			to.finished = finished;
			to.length = length;
			to.pos = pos;
			if (pos) to.buffer.set(buffer);
			return to;
		}
		clone() {
			return this._cloneInto();
		}
	};
	SHA256_IV$1 = /* @__PURE__ */ Uint32Array.from([
		1779033703,
		3144134277,
		1013904242,
		2773480762,
		1359893119,
		2600822924,
		528734635,
		1541459225
	]);
	SHA512_IV = /* @__PURE__ */ Uint32Array.from([
		1779033703,
		4089235720,
		3144134277,
		2227873595,
		1013904242,
		4271175723,
		2773480762,
		1595750129,
		1359893119,
		2917565137,
		2600822924,
		725511199,
		528734635,
		4215389547,
		1541459225,
		327033209
	]);
}));
// node_modules/@noble/hashes/sha2.js
var SHA256_K$1, SHA256_W$1, SHA2_32B$1, _SHA256$1, K512, SHA512_Kh, SHA512_Kl, SHA512_W_H, SHA512_W_L, SHA2_64B, _SHA512, sha256$2, sha512;
var init_sha2 = __esmMin((() => {
	init__md();
	init__u64();
	init_utils$1();
	SHA256_K$1 = /* @__PURE__ */ Uint32Array.from([
		1116352408,
		1899447441,
		3049323471,
		3921009573,
		961987163,
		1508970993,
		2453635748,
		2870763221,
		3624381080,
		310598401,
		607225278,
		1426881987,
		1925078388,
		2162078206,
		2614888103,
		3248222580,
		3835390401,
		4022224774,
		264347078,
		604807628,
		770255983,
		1249150122,
		1555081692,
		1996064986,
		2554220882,
		2821834349,
		2952996808,
		3210313671,
		3336571891,
		3584528711,
		113926993,
		338241895,
		666307205,
		773529912,
		1294757372,
		1396182291,
		1695183700,
		1986661051,
		2177026350,
		2456956037,
		2730485921,
		2820302411,
		3259730800,
		3345764771,
		3516065817,
		3600352804,
		4094571909,
		275423344,
		430227734,
		506948616,
		659060556,
		883997877,
		958139571,
		1322822218,
		1537002063,
		1747873779,
		1955562222,
		2024104815,
		2227730452,
		2361852424,
		2428436474,
		2756734187,
		3204031479,
		3329325298
	]);
	SHA256_W$1 = /* @__PURE__ */ new Uint32Array(64);
	SHA2_32B$1 = class extends HashMD$1 {
		A = 0;
		B = 0;
		C = 0;
		D = 0;
		E = 0;
		F = 0;
		G = 0;
		H = 0;
		constructor(outputLen, IV) {
			super(64, outputLen, 8, false);
			this.A = IV[0] | 0;
			this.B = IV[1] | 0;
			this.C = IV[2] | 0;
			this.D = IV[3] | 0;
			this.E = IV[4] | 0;
			this.F = IV[5] | 0;
			this.G = IV[6] | 0;
			this.H = IV[7] | 0;
		}
		get() {
			const { A, B, C, D, E, F, G, H } = this;
			return [
				A,
				B,
				C,
				D,
				E,
				F,
				G,
				H
			];
		}
		set(A, B, C, D, E, F, G, H) {
			this.A = A | 0;
			this.B = B | 0;
			this.C = C | 0;
			this.D = D | 0;
			this.E = E | 0;
			this.F = F | 0;
			this.G = G | 0;
			this.H = H | 0;
		}
		_cloneInto(to) {
			(to ||= new this.constructor()).set(...this.get());
			return this._cloneIntoMeta(to);
		}
		process(view, offset) {
			for (let i = 0; i < 16; i++, offset += 4) SHA256_W$1[i] = view.getUint32(offset, false);
			for (let i = 16; i < 64; i++) {
				const W15 = SHA256_W$1[i - 15];
				const W2 = SHA256_W$1[i - 2];
				const s0 = rotr$1(W15, 7) ^ rotr$1(W15, 18) ^ W15 >>> 3;
				const s1 = rotr$1(W2, 17) ^ rotr$1(W2, 19) ^ W2 >>> 10;
				SHA256_W$1[i] = s1 + SHA256_W$1[i - 7] + s0 + SHA256_W$1[i - 16] | 0;
			}
			let { A, B, C, D, E, F, G, H } = this;
			for (let i = 0; i < 64; i++) {
				const sigma1 = rotr$1(E, 6) ^ rotr$1(E, 11) ^ rotr$1(E, 25);
				const T1 = H + sigma1 + Chi$1(E, F, G) + SHA256_K$1[i] + SHA256_W$1[i] | 0;
				const T2 = (rotr$1(A, 2) ^ rotr$1(A, 13) ^ rotr$1(A, 22)) + Maj$1(A, B, C) | 0;
				H = G;
				G = F;
				F = E;
				E = D + T1 | 0;
				D = C;
				C = B;
				B = A;
				A = T1 + T2 | 0;
			}
			A = A + this.A | 0;
			B = B + this.B | 0;
			C = C + this.C | 0;
			D = D + this.D | 0;
			E = E + this.E | 0;
			F = F + this.F | 0;
			G = G + this.G | 0;
			H = H + this.H | 0;
			this.set(A, B, C, D, E, F, G, H);
		}
		roundClean() {
			clean$2(SHA256_W$1);
		}
		destroy() {
			this.destroyed = true;
			this.set(0, 0, 0, 0, 0, 0, 0, 0);
			clean$2(this.buffer);
		}
	};
	_SHA256$1 = class extends SHA2_32B$1 {
		constructor() {
			super(32, SHA256_IV$1);
		}
	};
	K512 = /* @__PURE__ */ (() => split$1([
		"0x428a2f98d728ae22",
		"0x7137449123ef65cd",
		"0xb5c0fbcfec4d3b2f",
		"0xe9b5dba58189dbbc",
		"0x3956c25bf348b538",
		"0x59f111f1b605d019",
		"0x923f82a4af194f9b",
		"0xab1c5ed5da6d8118",
		"0xd807aa98a3030242",
		"0x12835b0145706fbe",
		"0x243185be4ee4b28c",
		"0x550c7dc3d5ffb4e2",
		"0x72be5d74f27b896f",
		"0x80deb1fe3b1696b1",
		"0x9bdc06a725c71235",
		"0xc19bf174cf692694",
		"0xe49b69c19ef14ad2",
		"0xefbe4786384f25e3",
		"0x0fc19dc68b8cd5b5",
		"0x240ca1cc77ac9c65",
		"0x2de92c6f592b0275",
		"0x4a7484aa6ea6e483",
		"0x5cb0a9dcbd41fbd4",
		"0x76f988da831153b5",
		"0x983e5152ee66dfab",
		"0xa831c66d2db43210",
		"0xb00327c898fb213f",
		"0xbf597fc7beef0ee4",
		"0xc6e00bf33da88fc2",
		"0xd5a79147930aa725",
		"0x06ca6351e003826f",
		"0x142929670a0e6e70",
		"0x27b70a8546d22ffc",
		"0x2e1b21385c26c926",
		"0x4d2c6dfc5ac42aed",
		"0x53380d139d95b3df",
		"0x650a73548baf63de",
		"0x766a0abb3c77b2a8",
		"0x81c2c92e47edaee6",
		"0x92722c851482353b",
		"0xa2bfe8a14cf10364",
		"0xa81a664bbc423001",
		"0xc24b8b70d0f89791",
		"0xc76c51a30654be30",
		"0xd192e819d6ef5218",
		"0xd69906245565a910",
		"0xf40e35855771202a",
		"0x106aa07032bbd1b8",
		"0x19a4c116b8d2d0c8",
		"0x1e376c085141ab53",
		"0x2748774cdf8eeb99",
		"0x34b0bcb5e19b48a8",
		"0x391c0cb3c5c95a63",
		"0x4ed8aa4ae3418acb",
		"0x5b9cca4f7763e373",
		"0x682e6ff3d6b2b8a3",
		"0x748f82ee5defb2fc",
		"0x78a5636f43172f60",
		"0x84c87814a1f0ab72",
		"0x8cc702081a6439ec",
		"0x90befffa23631e28",
		"0xa4506cebde82bde9",
		"0xbef9a3f7b2c67915",
		"0xc67178f2e372532b",
		"0xca273eceea26619c",
		"0xd186b8c721c0c207",
		"0xeada7dd6cde0eb1e",
		"0xf57d4f7fee6ed178",
		"0x06f067aa72176fba",
		"0x0a637dc5a2c898a6",
		"0x113f9804bef90dae",
		"0x1b710b35131c471b",
		"0x28db77f523047d84",
		"0x32caab7b40c72493",
		"0x3c9ebe0a15c9bebc",
		"0x431d67c49c100d4c",
		"0x4cc5d4becb3e42b6",
		"0x597f299cfc657e2a",
		"0x5fcb6fab3ad6faec",
		"0x6c44198c4a475817"
	].map((n) => BigInt(n))))();
	SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
	SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
	SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
	SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
	SHA2_64B = class extends HashMD$1 {
		Ah = 0;
		Al = 0;
		Bh = 0;
		Bl = 0;
		Ch = 0;
		Cl = 0;
		Dh = 0;
		Dl = 0;
		Eh = 0;
		El = 0;
		Fh = 0;
		Fl = 0;
		Gh = 0;
		Gl = 0;
		Hh = 0;
		Hl = 0;
		constructor(outputLen, IV) {
			super(128, outputLen, 16, false);
			this.Ah = IV[0] | 0;
			this.Al = IV[1] | 0;
			this.Bh = IV[2] | 0;
			this.Bl = IV[3] | 0;
			this.Ch = IV[4] | 0;
			this.Cl = IV[5] | 0;
			this.Dh = IV[6] | 0;
			this.Dl = IV[7] | 0;
			this.Eh = IV[8] | 0;
			this.El = IV[9] | 0;
			this.Fh = IV[10] | 0;
			this.Fl = IV[11] | 0;
			this.Gh = IV[12] | 0;
			this.Gl = IV[13] | 0;
			this.Hh = IV[14] | 0;
			this.Hl = IV[15] | 0;
		}
		get() {
			const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
			return [
				Ah,
				Al,
				Bh,
				Bl,
				Ch,
				Cl,
				Dh,
				Dl,
				Eh,
				El,
				Fh,
				Fl,
				Gh,
				Gl,
				Hh,
				Hl
			];
		}
		set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
			this.Ah = Ah | 0;
			this.Al = Al | 0;
			this.Bh = Bh | 0;
			this.Bl = Bl | 0;
			this.Ch = Ch | 0;
			this.Cl = Cl | 0;
			this.Dh = Dh | 0;
			this.Dl = Dl | 0;
			this.Eh = Eh | 0;
			this.El = El | 0;
			this.Fh = Fh | 0;
			this.Fl = Fl | 0;
			this.Gh = Gh | 0;
			this.Gl = Gl | 0;
			this.Hh = Hh | 0;
			this.Hl = Hl | 0;
		}
		_cloneInto(to) {
			(to ||= new this.constructor()).set(...this.get());
			return this._cloneIntoMeta(to);
		}
		process(view, offset) {
			for (let i = 0; i < 16; i++, offset += 4) {
				SHA512_W_H[i] = view.getUint32(offset);
				SHA512_W_L[i] = view.getUint32(offset += 4);
			}
			for (let i = 16; i < 80; i++) {
				const W15h = SHA512_W_H[i - 15] | 0;
				const W15l = SHA512_W_L[i - 15] | 0;
				const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
				const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
				const W2h = SHA512_W_H[i - 2] | 0;
				const W2l = SHA512_W_L[i - 2] | 0;
				const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
				const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
				const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
				const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
				SHA512_W_H[i] = SUMh | 0;
				SHA512_W_L[i] = SUMl | 0;
			}
			let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
			for (let i = 0; i < 80; i++) {
				const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
				const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
				const CHIh = Eh & Fh ^ ~Eh & Gh;
				const CHIl = El & Fl ^ ~El & Gl;
				const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
				const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
				const T1l = T1ll | 0;
				const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
				const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
				const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
				const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
				Hh = Gh | 0;
				Hl = Gl | 0;
				Gh = Fh | 0;
				Gl = Fl | 0;
				Fh = Eh | 0;
				Fl = El | 0;
				({h: Eh, l: El} = add$1(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
				Dh = Ch | 0;
				Dl = Cl | 0;
				Ch = Bh | 0;
				Cl = Bl | 0;
				Bh = Ah | 0;
				Bl = Al | 0;
				const All = add3L(T1l, sigma0l, MAJl);
				Ah = add3H(All, T1h, sigma0h, MAJh);
				Al = All | 0;
			}
			({h: Ah, l: Al} = add$1(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
			({h: Bh, l: Bl} = add$1(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
			({h: Ch, l: Cl} = add$1(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
			({h: Dh, l: Dl} = add$1(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
			({h: Eh, l: El} = add$1(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
			({h: Fh, l: Fl} = add$1(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
			({h: Gh, l: Gl} = add$1(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
			({h: Hh, l: Hl} = add$1(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
			this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
		}
		roundClean() {
			clean$2(SHA512_W_H, SHA512_W_L);
		}
		destroy() {
			this.destroyed = true;
			clean$2(this.buffer);
			this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
		}
	};
	_SHA512 = class extends SHA2_64B {
		constructor() {
			super(64, SHA512_IV);
		}
	};
	sha256$2 = /* @__PURE__ */ createHasher$3(() => new _SHA256$1(), /* @__PURE__ */ oidNist$2(1));
	sha512 = /* @__PURE__ */ createHasher$3(() => new _SHA512(), /* @__PURE__ */ oidNist$2(3));
}));
// node_modules/@noble/curves/utils.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/**
* Validates that a value is an array, optionally validating each element.
* @param item - Value to validate.
* @param title - Label included in thrown errors.
* @param inner - Optional per-element validator, called with the element and its label.
* @returns The validated array.
* @example
* Validate an array of points before batch processing.
*
* ```ts
* aarray([1n, 2n], 'scalars');
* ```
*/
function aarray(item, title, inner = () => {}) {
	if (!Array.isArray(item)) throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
	for (let i = 0; i < item.length; i++) inner(item[i], `${title}[${i}]`);
	return item;
}
/**
* Asserts something is a string.
* @param value - Value to validate.
* @param title - Label included in thrown errors.
* @returns The validated string.
* @throws On wrong argument types. {@link TypeError}
* @example
* Validate a label string.
*
* ```ts
* astring('example', 'label');
* ```
*/
function astring(value, title = "") {
	if (typeof value !== "string") {
		const prefix = title && `"${title}" `;
		throw new TypeError(prefix + "expected string, got type=" + typeof value);
	}
	return value;
}
/**
* Asserts something is a plain object-ish value, not null or array.
* @param value - Value to validate.
* @param title - Label included in thrown errors.
* @returns The validated object.
* @throws On wrong argument types. {@link TypeError}
* @example
* Validate an options object before checking fields.
*
* ```ts
* aobject({ flag: true });
* ```
*/
function aobject(value, title = "object") {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
	return value;
}
/**
* Asserts something is a function.
* @param value - Value to validate.
* @param title - Label included in thrown errors.
* @returns The validated function.
* @throws On wrong argument types. {@link TypeError}
* @example
* Validate a required method before calling it.
*
* ```ts
* afunction(() => true, 'predicate');
* ```
*/
function afunction(value, title) {
	if (typeof value !== "function") throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
	return value;
}
/**
* Validates that a flag is boolean.
* @param value - Value to validate.
* @param title - Optional field name.
* @returns Original value.
* @throws On wrong argument types. {@link TypeError}
* @example
* Reject non-boolean option flags early.
*
* ```ts
* abool(true);
* ```
*/
function abool(value, title = "") {
	if (typeof value !== "boolean") throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
	return value;
}
/**
* Validates that a value is a non-negative bigint or safe integer.
* @param n - Value to validate.
* @returns The same validated value.
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate one integer-like value before serializing it.
*
* ```ts
* abignumber(1n);
* ```
*/
function abignumber(n) {
	if (typeof n === "bigint") {
		if (!isPosBig$1(n)) throw new RangeError("positive bigint expected, got " + n);
	} else anumber$2(n);
	return n;
}
/**
* Validates that a value is a safe integer.
* @param value - Integer to validate.
* @param title - Optional field name.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a window size before scalar arithmetic uses it.
*
* ```ts
* asafenumber(1);
* ```
*/
function asafenumber(value, title = "") {
	if (typeof value !== "number") {
		const prefix = title && `"${title}" `;
		throw new TypeError(prefix + "expected number, got type=" + typeof value);
	}
	if (!Number.isSafeInteger(value)) {
		const prefix = title && `"${title}" `;
		throw new RangeError(prefix + "expected safe integer, got " + value);
	}
}
/**
* Parses a big-endian hex string into bigint.
* Accepts odd-length hex through the native `BigInt('0x' + hex)` parser and currently surfaces the
* same native `SyntaxError` for malformed hex instead of wrapping it in a library-specific error.
* @param hex - Hex string without `0x`.
* @returns Parsed bigint value.
* @throws On wrong argument types. {@link TypeError}
* @example
* Parse a scalar from fixture hex.
*
* ```ts
* hexToNumber('ff');
* ```
*/
function hexToNumber$1(hex) {
	if (typeof hex !== "string") throw new TypeError("hex string expected, got " + typeof hex);
	return hex === "" ? _0n$6 : BigInt("0x" + hex);
}
/**
* Parses big-endian bytes into bigint.
* @param bytes - Bytes in big-endian order.
* @returns Parsed bigint value.
* @throws On wrong argument types. {@link TypeError}
* @example
* Read a scalar encoded in network byte order.
*
* ```ts
* bytesToNumberBE(Uint8Array.of(1, 0));
* ```
*/
function bytesToNumberBE(bytes) {
	return hexToNumber$1(bytesToHex$2(bytes));
}
/**
* Parses little-endian bytes into bigint.
* @param bytes - Bytes in little-endian order.
* @returns Parsed bigint value.
* @throws On wrong argument types. {@link TypeError}
* @example
* Read a scalar encoded in little-endian form.
*
* ```ts
* bytesToNumberLE(Uint8Array.of(1, 0));
* ```
*/
function bytesToNumberLE$1(bytes) {
	return hexToNumber$1(bytesToHex$2(copyBytes$1(abytes$3(bytes)).reverse()));
}
/**
* Encodes a bigint into fixed-length big-endian bytes.
* @param n - Number to encode.
* @param len - Output length in bytes. Must be greater than zero.
* @returns Big-endian byte array.
* @throws On wrong argument ranges or values. {@link RangeError}
* @throws If a documented runtime validation or state check fails. {@link Error}
* @example
* Serialize a scalar into a 32-byte field element.
*
* ```ts
* numberToBytesBE(255n, 2);
* ```
*/
function numberToBytesBE$1(n, len) {
	anumber$3(len);
	if (len === 0) throw new Error("zero output length is invalid");
	n = abignumber(n);
	const expectedLen = len * 2;
	const hex = n.toString(16);
	if (hex.length > expectedLen) throw new RangeError("number is too large");
	return hexToBytes$2(hex.padStart(expectedLen, "0"));
}
/**
* Encodes a bigint into fixed-length little-endian bytes.
* @param n - Number to encode.
* @param len - Output length in bytes.
* @returns Little-endian byte array.
* @throws On wrong argument ranges or values. {@link RangeError}
* @throws If a documented runtime validation or state check fails. {@link Error}
* @example
* Serialize a scalar for little-endian protocols.
*
* ```ts
* numberToBytesLE(255n, 2);
* ```
*/
function numberToBytesLE$1(n, len) {
	return numberToBytesBE$1(n, len).reverse();
}
/**
* Compares two byte arrays in constant-ish time.
* @param a - Left byte array.
* @param b - Right byte array.
* @returns `true` when bytes match.
* @example
* Compare two encoded points without early exit.
*
* ```ts
* equalBytes(Uint8Array.of(1), Uint8Array.of(1));
* ```
*/
function equalBytes(a, b) {
	a = abytes$2(a);
	b = abytes$2(b);
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
/**
* Copies Uint8Array. We can't use u8a.slice(), because u8a can be Buffer,
* and Buffer#slice creates mutable copy. Never use Buffers!
* @param bytes - Bytes to copy.
* @returns Detached copy.
* @example
* Make an isolated copy before mutating serialized bytes.
*
* ```ts
* copyBytes(Uint8Array.of(1, 2, 3));
* ```
*/
function copyBytes$1(bytes) {
	return Uint8Array.from(abytes$2(bytes));
}
/**
* Decodes 7-bit ASCII string to Uint8Array, throws on non-ascii symbols
* Should be safe to use for things expected to be ASCII.
* Returns exact same result as `TextEncoder` for ASCII or throws.
* @param ascii - ASCII input text.
* @returns Encoded bytes.
* @throws On wrong argument types. {@link TypeError}
* @example
* Encode an ASCII domain-separation tag.
*
* ```ts
* asciiToBytes('ABC');
* ```
*/
function asciiToBytes(ascii) {
	if (typeof ascii !== "string") throw new TypeError("ascii string expected, got " + typeof ascii);
	return Uint8Array.from(ascii, (c, i) => {
		const charCode = c.charCodeAt(0);
		if (c.length !== 1 || charCode > 127) throw new RangeError(`string contains non-ASCII character "${ascii[i]}" with code ${charCode} at position ${i}`);
		return charCode;
	});
}
/**
* Checks whether n is non-negative bigint. Historical name.
* @param n - candidate value
* @returns `true` when the value is bigint and 0 or larger
* @example
* Check a candidate scalar before range validation.
*
* ```ts
* isPosBig(2n);
* ```
*/
function isPosBig$1(n) {
	return typeof n === "bigint" && _0n$6 <= n;
}
/**
* Checks whether a bigint lies inside a half-open range.
* @param n - Candidate value.
* @param min - Inclusive lower bound.
* @param max - Exclusive upper bound.
* @returns `true` when the value is inside the range.
* @example
* Check whether a candidate scalar fits the field order.
*
* ```ts
* inRange(2n, 1n, 3n);
* ```
*/
function inRange$1(n, min, max) {
	return isPosBig$1(n) && isPosBig$1(min) && isPosBig$1(max) && min <= n && n < max;
}
/**
* Asserts `min <= n < max`. NOTE: upper bound is exclusive.
* @param title - Value label for error messages.
* @param n - Candidate value.
* @param min - Inclusive lower bound.
* @param max - Exclusive upper bound.
* Wrong-type inputs are not separated from out-of-range values here: they still flow through the
* shared `RangeError` path because this is only a throwing wrapper around `inRange(...)`.
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Assert that a bigint stays within one half-open range.
*
* ```ts
* aInRange('x', 2n, 1n, 256n);
* ```
*/
function aInRange$1(title, n, min, max) {
	if (!inRange$1(n, min, max)) throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
/**
* Calculates amount of bits in a bigint.
* Same as `n.toString(2).length`
* TODO: merge with nLength in modular
* @param n - Value to inspect.
* @returns Bit length.
* @throws If the value is negative. {@link Error}
* @example
* Measure the bit length of a scalar before serialization.
*
* ```ts
* bitLen(8n);
* ```
*/
function bitLen(n) {
	if (n < _0n$6) throw new Error("expected non-negative bigint, got " + n);
	return n === _0n$6 ? 0 : n.toString(2).length;
}
/**
* Validates declared required and optional field types on a plain object.
* Extra keys are intentionally ignored because many callers validate only the subset they use from
* richer option bags or runtime objects.
* This walks field schemas and formats detailed errors, so avoid it on hot paths; use direct
* one-line guards such as `aobject()`, `afunction()`, `abool()`, or `asafenumber()` instead.
* @param object - Object to validate.
* @param fields - Required field types.
* @param optFields - Optional field types.
* @param title - Object label included in thrown errors.
* @throws On wrong argument types. {@link TypeError}
* @example
* Check user options before building a curve helper.
*
* ```ts
* validateObject({ flag: true }, { flag: 'boolean' });
* ```
*/
function validateObject$1(object, fields = {}, optFields = {}, title = "object") {
	aobject(object, title);
	aobject(fields, "fields");
	aobject(optFields, "optFields");
	function checkField(fieldName, expectedType, isOpt) {
		const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
		const val = object[fieldName];
		if (!Object.hasOwn(object, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) throw new TypeError(`${label} is invalid: expected own property`);
		if (isOpt && val === void 0) return;
		const current = typeof val;
		if (current !== expectedType || val === null) throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
	}
	const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
	iter(fields, false);
	iter(optFields, true);
}
var abytes$2, anumber$2, bytesToHex$1, concatBytes, hexToBytes$1, isBytes$2, randomBytes$1, _0n$6, _1n$7, atitle, bitMask, notImplemented;
var init_utils = __esmMin((() => {
	init_utils$1();
	abytes$2 = (value, length, title) => abytes$3(value, length, title);
	anumber$2 = anumber$3;
	bytesToHex$1 = bytesToHex$2;
	concatBytes = (...arrays) => concatBytes$1(...arrays);
	hexToBytes$1 = (hex) => hexToBytes$2(hex);
	isBytes$2 = isBytes$3;
	randomBytes$1 = (bytesLength) => randomBytes$2(bytesLength);
	_0n$6 = /* @__PURE__ */ BigInt(0);
	_1n$7 = /* @__PURE__ */ BigInt(1);
	atitle = (title) => title ? `"${title}" ` : "";
	bitMask = (n) => {
		asafenumber(n, "n");
		return (_1n$7 << BigInt(n)) - _1n$7;
	};
	notImplemented = () => {
		throw new Error("not implemented");
	};
}));
// node_modules/@noble/curves/abstract/modular.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/**
* @param a - Dividend value.
* @param b - Positive modulus.
* @returns Reduced value in `[0, b)` only when `b` is positive.
* @throws If the modulus is not positive. {@link Error}
* @example
* Normalize a bigint into one field residue.
*
* ```ts
* mod(-1n, 5n);
* ```
*/
function mod$1(a, b) {
	if (b <= _0n$5) throw new Error("mod: expected positive modulus, got " + b);
	const result = a % b;
	return result >= _0n$5 ? result : b + result;
}
/**
* Efficiently raise num to a power with modular reduction.
* Unsafe in some contexts: uses ladder, so can expose bigint bits.
* Low-level helper: callers that need canonical residues must pass a valid `num` for the chosen
* modulus instead of relying on the `power===0/1` fast paths to normalize it.
* @param num - Base value.
* @param power - Exponent value.
* @param modulo - Reduction modulus.
* @returns Modular exponentiation result.
* @throws If the modulus or exponent is invalid. {@link Error}
* @example
* Raise one bigint to a modular power.
*
* ```ts
* pow(2n, 6n, 11n) // 64n % 11n == 9n
* ```
*/
function pow(num, power, modulo) {
	if (modulo <= _1n$6) throw new Error("pow: expected modulus > 1, got " + modulo);
	if (typeof power !== "bigint") throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
	if (power < _0n$5) throw new Error("invalid exponent, negatives unsupported");
	if (power === _0n$5) return _1n$6;
	if (power === _1n$6) return num;
	let d = num % modulo;
	if (d < _0n$5) d += modulo;
	if (power < POW_WINDOWED_MIN) {
		let p = _1n$6;
		while (power > _0n$5) {
			if (power & _1n$6) p = p * d % modulo;
			d = d * d % modulo;
			power >>= _1n$6;
		}
		return p;
	}
	const digits = [];
	while (power > _0n$5) {
		digits.push(Number(power & _15n));
		power >>= _4n$2;
	}
	const table = new Array(16);
	table[0] = _1n$6;
	table[1] = d;
	for (let i = 2; i < 16; i++) table[i] = table[i - 1] * d % modulo;
	let p = table[digits[digits.length - 1]];
	for (let w = digits.length - 2; w >= 0; w--) {
		p = p * p % modulo;
		p = p * p % modulo;
		p = p * p % modulo;
		p = p * p % modulo;
		const digit = digits[w];
		if (digit !== 0) p = p * table[digit] % modulo;
	}
	return p;
}
/**
* Does `x^(2^power)` mod p. `pow2(30, 4)` == `30^(2^4)`.
* Low-level helper: callers that need canonical residues must pass a valid `x` for the chosen
* modulus; the `power===0` fast path intentionally returns the input unchanged.
* @param x - Base value.
* @param power - Number of squarings.
* @param modulo - Reduction modulus.
* @returns Repeated-squaring result.
* @throws If the exponent is negative. {@link Error}
* @example
* Apply repeated squaring inside one field.
*
* ```ts
* pow2(3n, 2n, 11n);
* ```
*/
function pow2$1(x, power, modulo) {
	if (modulo <= _1n$6) throw new Error("pow2: expected modulus > 1, got " + modulo);
	if (power < _0n$5) throw new Error("pow2: expected non-negative exponent, got " + power);
	let res = x;
	while (power-- > _0n$5) {
		res *= res;
		res %= modulo;
	}
	return res;
}
/**
* Inverses number over modulo.
* Implemented using the {@link https://brilliant.org/wiki/extended-euclidean-algorithm/ | extended Euclidean algorithm}.
* @param number - Value to invert.
* @param modulo - Modulus greater than 1.
* @returns Multiplicative inverse.
* @throws If the modulus is invalid or the inverse does not exist. {@link Error}
* @example
* Compute one modular inverse with the extended Euclidean algorithm.
*
* ```ts
* invert(3n, 11n);
* ```
*/
function invert(number, modulo) {
	if (number === _0n$5) throw new Error("invert: expected non-zero number");
	if (modulo <= _1n$6) throw new Error("invert: expected modulus > 1, got " + modulo);
	let a = mod$1(number, modulo);
	let b = modulo;
	let x = _0n$5, u = _1n$6;
	while (a !== _0n$5) {
		const q = b / a;
		const r = b - a * q;
		const m = x - u * q;
		b = a, a = r, x = u, u = m;
	}
	if (b !== _1n$6) throw new Error("invert: does not exist");
	return mod$1(x, modulo);
}
/**
* Inverses number over modulo using Fermat's little theorem: `a^(p-2) ≡ a⁻¹ (mod p)`.
*
* Unlike {@link invert} (extended Euclidean), the exponent `p-2` is a public constant, so the
* underlying square-and-multiply has the same control flow for every secret `a`: there is no
* data-dependent branching or loop count that could leak `a` through timing (e.g. Minerva-style
* ECDSA nonce-inversion attacks). This is only "algorithmically" constant-time — JS bigint
* multiplication/reduction is still value-dependent — and it is roughly 4x slower than
* {@link invert}.
*
* REQUIRES a prime modulus; Fermat's theorem does not hold otherwise. The result is verified to be
* a real inverse, so a non-prime modulus (or a non-invertible input) fails closed with an error
* instead of returning a wrong value.
* @param a - Value to invert.
* @param prime - Prime modulus.
* @returns Multiplicative inverse in `[1, prime)`.
* @throws If the modulus is below 2, the input reduces to zero, or the inverse does not exist.
*   {@link Error}
* @example
* Compute one modular inverse without secret-dependent branching.
*
* ```ts
* invertCt(3n, 11n); // 4n, since 3 * 4 = 12 ≡ 1 (mod 11)
* ```
*/
function invertCt(a, prime) {
	if (prime <= _1n$6) throw new Error("invertCt: expected prime modulus > 1, got " + prime);
	const an = mod$1(a, prime);
	if (an === _0n$5) throw new Error("invertCt: expected non-zero number");
	const inverse = pow(an, prime - _2n$5, prime);
	if (mod$1(an * inverse, prime) !== _1n$6) throw new Error("invertCt: does not exist");
	return inverse;
}
function assertIsSquare(Fp, root, n) {
	const F = Fp;
	if (!F.eql(F.sqr(root), n)) throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
	if ((order & _1n$6) === _0n$5) throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp, n) {
	const F = Fp;
	const p1div4 = (F.ORDER + _1n$6) / _4n$2;
	const root = F.pow(n, p1div4);
	assertIsSquare(F, root, n);
	return root;
}
function sqrt5mod8(Fp, n) {
	const F = Fp;
	const p5div8 = (F.ORDER - _5n$2) / _8n$2;
	const n2 = F.mul(n, _2n$5);
	const v = F.pow(n2, p5div8);
	const nv = F.mul(n, v);
	const i = F.mul(F.mul(nv, _2n$5), v);
	const root = F.mul(nv, F.sub(i, F.ONE));
	assertIsSquare(F, root, n);
	return root;
}
function sqrt9mod16(P) {
	const Fp_ = Field(P);
	const tn = tonelliShanks(P);
	const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
	const c2 = tn(Fp_, c1);
	const c3 = tn(Fp_, Fp_.neg(c1));
	const c4 = (P + _7n$1) / _16n;
	return ((Fp, n) => {
		const F = Fp;
		let tv1 = F.pow(n, c4);
		let tv2 = F.mul(tv1, c1);
		const tv3 = F.mul(tv1, c2);
		const tv4 = F.mul(tv1, c3);
		const e1 = F.eql(F.sqr(tv2), n);
		const e2 = F.eql(F.sqr(tv3), n);
		tv1 = F.cmov(tv1, tv2, e1);
		tv2 = F.cmov(tv4, tv3, e2);
		const e3 = F.eql(F.sqr(tv2), n);
		const root = F.cmov(tv1, tv2, e3);
		assertIsSquare(F, root, n);
		return root;
	});
}
/**
* Tonelli-Shanks square root search algorithm.
* This implementation is variable-time: it searches data-dependently for the first non-residue `Z`
* and for the smallest `i` in the main loop, unlike RFC 9380 Appendix I.4's constant-time shape.
* 1. {@link https://eprint.iacr.org/2012/685.pdf | eprint 2012/685}, page 12
* 2. Square Roots from 1; 24, 51, 10 to Dan Shanks
* @param P - field order
* @returns function that takes field Fp (created from P) and number n
* @throws If the field is too small, non-prime, or the square root does not exist. {@link Error}
* @example
* Construct a square-root helper for primes that need Tonelli-Shanks.
*
* ```ts
* import { Field, tonelliShanks } from '@noble/curves/abstract/modular.js';
* const Fp = Field(17n);
* const sqrt = tonelliShanks(17n)(Fp, 4n);
* ```
*/
function tonelliShanks(P) {
	if (P < _3n$2) throw new Error("sqrt is not defined for small field");
	aoddModulus(P, "tonelliShanks");
	let Q = P - _1n$6;
	let S = 0;
	while (Q % _2n$5 === _0n$5) {
		Q /= _2n$5;
		S++;
	}
	let Z = _2n$5;
	const _Fp = Field(P);
	while (FpLegendre(_Fp, Z) === 1) if (Z++ > 1e3) throw new Error("Cannot find square root: probably non-prime P");
	if (S === 1) return sqrt3mod4;
	let cc = _Fp.pow(Z, Q);
	const Q1div2 = (Q + _1n$6) / _2n$5;
	return function tonelliSlow(Fp, n) {
		const F = Fp;
		if (F.is0(n)) return n;
		if (FpLegendre(F, n) !== 1) throw new Error("Cannot find square root");
		let M = S;
		let c = F.mul(F.ONE, cc);
		let t = F.pow(n, Q);
		let R = F.pow(n, Q1div2);
		while (!F.eql(t, F.ONE)) {
			if (F.is0(t)) throw new Error("Cannot find square root: probably non-prime P");
			let i = 1;
			let t_tmp = F.sqr(t);
			while (!F.eql(t_tmp, F.ONE)) {
				i++;
				t_tmp = F.sqr(t_tmp);
				if (i === M) throw new Error("Cannot find square root");
			}
			const exponent = _1n$6 << BigInt(M - i - 1);
			const b = F.pow(c, exponent);
			M = i;
			c = F.sqr(b);
			t = F.mul(t, c);
			R = F.mul(R, b);
		}
		return R;
	};
}
/**
* Square root for a finite field. Will try optimized versions first:
*
* 1. P ≡ 3 (mod 4)
* 2. P ≡ 5 (mod 8)
* 3. P ≡ 9 (mod 16)
* 4. Tonelli-Shanks algorithm
*
* Different algorithms can give different roots, it is up to user to decide which one they want.
* For example there is FpSqrtOdd/FpSqrtEven to choose a root by oddness
* (used for hash-to-curve).
* @param P - Field order.
* @returns Square-root helper. The generic fallback inherits Tonelli-Shanks' variable-time
*   behavior and this selector assumes prime-field-style integer moduli.
* @throws If the field is unsupported or the square root does not exist. {@link Error}
* @example
* Choose the square-root helper appropriate for one field modulus.
*
* ```ts
* import { Field, FpSqrt } from '@noble/curves/abstract/modular.js';
* const Fp = Field(17n);
* const sqrt = FpSqrt(17n)(Fp, 4n);
* ```
*/
function FpSqrt(P) {
	aoddModulus(P, "Fp.sqrt");
	if (P % _4n$2 === _3n$2) return sqrt3mod4;
	if (P % _8n$2 === _5n$2) return sqrt5mod8;
	if (P % _16n === _9n) return sqrt9mod16(P);
	return tonelliShanks(P);
}
/**
* @param field - Field implementation.
* @returns Validated field. This only checks the arithmetic subset needed by generic helpers; it
*   does not guarantee full runtime-method coverage for serialization, batching, `cmov`, or
*   field-specific extras beyond positive `BYTES` / `BITS`.
* @throws If the field shape or numeric metadata are invalid. {@link Error}
* @example
* Check that a field implementation exposes the operations curve code expects.
*
* ```ts
* import { Field, validateField } from '@noble/curves/abstract/modular.js';
* const Fp = validateField(Field(17n));
* ```
*/
function validateField(field) {
	aobject(field, "field");
	if (typeof field.ORDER !== "bigint") throw new TypeError("param \"ORDER\" is invalid: expected bigint, got " + typeof field.ORDER);
	asafenumber(field.BYTES, "BYTES");
	asafenumber(field.BITS, "BITS");
	for (const name of FIELD_FIELDS) afunction(field[name], "field." + name);
	if (field.BYTES < 1 || field.BITS < 1) throw new Error("invalid field: expected BYTES/BITS > 0");
	if (field.ORDER <= _1n$6) throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
	return field;
}
function FpInvertBatch(Fp, nums, passZero = false) {
	validateField(Fp);
	aarray(nums, "nums");
	abool(passZero, "passZero");
	const F = Fp;
	const inverted = new Array(nums.length).fill(passZero ? F.ZERO : void 0);
	const multipliedAcc = nums.reduce((acc, num, i) => {
		if (F.is0(num)) return acc;
		inverted[i] = acc;
		return F.mul(acc, num);
	}, F.ONE);
	const invertedAcc = F.inv(multipliedAcc);
	nums.reduceRight((acc, num, i) => {
		if (F.is0(num)) return acc;
		inverted[i] = F.mul(acc, inverted[i]);
		return F.mul(acc, num);
	}, invertedAcc);
	return inverted;
}
/**
* Legendre symbol.
* Legendre constant is used to calculate Legendre symbol (a | p)
* which denotes the value of a^((p-1)/2) (mod p).
*
* * (a | p) ≡ 1    if a is a square (mod p), quadratic residue
* * (a | p) ≡ -1   if a is not a square (mod p), quadratic non residue
* * (a | p) ≡ 0    if a ≡ 0 (mod p)
* @param Fp - Field implementation.
* @param n - Value to inspect.
* @returns Legendre symbol.
* @throws If the powered value does not match a valid Legendre symbol. {@link Error}
* @example
* Compute the Legendre symbol of one field element.
*
* ```ts
* import { Field, FpLegendre } from '@noble/curves/abstract/modular.js';
* const Fp = Field(17n);
* const symbol = FpLegendre(Fp, 4n);
* ```
*/
function FpLegendre(Fp, n) {
	validateField(Fp);
	const F = Fp;
	aoddModulus(F.ORDER, "FpLegendre");
	const p1mod2 = (F.ORDER - _1n$6) / _2n$5;
	const powered = F.pow(n, p1mod2);
	const yes = F.eql(powered, F.ONE);
	const zero = F.eql(powered, F.ZERO);
	const no = F.eql(powered, F.neg(F.ONE));
	if (!yes && !zero && !no) throw new Error("invalid Legendre symbol result");
	return yes ? 1 : zero ? 0 : -1;
}
/**
* @param n - Curve order. Callers are expected to pass a positive order.
* @param nBitLength - Optional cached bit length. Callers are expected to pass a positive cached
*   value when overriding the derived bit length.
* @returns Byte and bit lengths.
* @throws If the order or cached bit length is invalid. {@link Error}
* @example
* Measure the encoding sizes needed for one modulus.
*
* ```ts
* nLength(255n);
* ```
*/
function nLength(n, nBitLength) {
	if (nBitLength !== void 0) anumber$2(nBitLength);
	if (n <= _0n$5) throw new Error("invalid n length: expected positive n, got " + n);
	if (nBitLength !== void 0 && nBitLength < 1) throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
	const bits = bitLen(n);
	if (nBitLength !== void 0 && nBitLength < bits) throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
	const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
	return {
		nBitLength: _nBitLength,
		nByteLength: Math.ceil(_nBitLength / 8)
	};
}
/**
* Creates a finite field. Major performance optimizations:
* * 1. Denormalized operations like mulN instead of mul.
* * 2. Identical object shape: never add or remove keys.
* * 3. Frozen stable object shape; the lazy sqrt cache lives in a module-level `WeakMap`.
* Fragile: always run a benchmark on a change.
* Security note: operations and low-level serializers like `toBytes` don't check `isValid` for
* all elements for performance and protocol-flexibility reasons; callers are responsible for
* supplying valid elements when they need canonical field behavior.
* This is low-level code, please make sure you know what you're doing.
*
* Note about field properties:
* * CHARACTERISTIC p = prime number, number of elements in main subgroup.
* * ORDER q = similar to cofactor in curves, may be composite `q = p^m`.
*
* @param ORDER - field order, probably prime, or could be composite
* @param opts - Field options such as bit length or endianness. See {@link FieldOpts}.
* @returns Frozen field instance with a stable object shape. This wrapper forwards `opts` straight
*   into `_Field`, so it inherits `_Field`'s assumptions about cached sizes and `allowedLengths`.
* @example
* Construct one prime field with optional overrides.
*
* ```ts
* Field(11n);
* ```
*/
function Field(ORDER, opts = {}) {
	Object.freeze(_Field.prototype);
	return new _Field(ORDER, opts);
}
/**
* @param Fp - Field implementation.
* @param elm - Value to square-root.
* @returns Even square root.
* @throws If the field lacks oddness checks or the square root does not exist. {@link Error}
* @example
* Select the even square root when two roots exist.
*
* ```ts
* import { Field, FpSqrtEven } from '@noble/curves/abstract/modular.js';
* const Fp = Field(17n);
* const root = FpSqrtEven(Fp, 4n);
* ```
*/
function FpSqrtEven(Fp, elm) {
	validateField(Fp);
	const F = Fp;
	if (!F.isOdd) throw new Error("Field doesn't have isOdd");
	const root = F.sqrt(elm);
	return F.isOdd(root) ? F.neg(root) : root;
}
/**
* Returns total number of bytes consumed by the field element.
* For example, 32 bytes for usual 256-bit weierstrass curve.
* @param fieldOrder - number of field elements, usually CURVE.n. Callers are expected to pass an
*   order greater than 1.
* @returns byte length of field
* @throws If the field order is not a bigint. {@link Error}
* @example
* Read the fixed-width byte length of one field.
*
* ```ts
* getFieldBytesLength(255n);
* ```
*/
function getFieldBytesLength(fieldOrder) {
	if (typeof fieldOrder !== "bigint") throw new Error("field order must be bigint");
	if (fieldOrder <= _1n$6) throw new Error("field order must be greater than 1");
	const bitLength = bitLen(fieldOrder - _1n$6);
	return Math.ceil(bitLength / 8);
}
/**
* Returns minimal amount of bytes that can be safely reduced
* by field order.
* Should be 2^-128 for 128-bit curve such as P256.
* This is the reduction / modulo-bias lower bound; higher-level helpers may still impose a larger
* absolute floor for policy reasons.
* @param fieldOrder - number of field elements greater than 1, usually CURVE.n.
* @returns byte length of target hash
* @throws If the field order is invalid. {@link Error}
* @example
* Compute the minimum hash length needed for field reduction.
*
* ```ts
* getMinHashLength(255n);
* ```
*/
function getMinHashLength(fieldOrder) {
	const length = getFieldBytesLength(fieldOrder);
	return length + Math.ceil(length / 2);
}
/**
* "Constant-time" private key generation utility.
* Can take (n + n/2) or more bytes of uniform input e.g. from CSPRNG or KDF
* and convert them into private scalar, with the modulo bias being negligible.
* Needs at least 48 bytes of input for 32-byte private key. The implementation also keeps a hard
* 16-byte minimum even when `getMinHashLength(...)` is smaller, so toy-small inputs do not look
* accidentally acceptable for real scalar derivation.
* See {@link https://research.kudelskisecurity.com/2020/07/28/the-definitive-guide-to-modulo-bias-and-how-to-avoid-it/ | Kudelski's modulo-bias guide},
* {@link https://csrc.nist.gov/publications/detail/fips/186/5/final | FIPS 186-5 appendix A.2}, and
* {@link https://www.rfc-editor.org/rfc/rfc9380#section-5 | RFC 9380 section 5}. Unlike RFC 9380
* `hash_to_field`, this helper intentionally maps into the non-zero private-scalar range `1..n-1`.
* @param key - Uniform input bytes.
* @param fieldOrder - Size of subgroup.
* @param isLE - interpret hash bytes as LE num
* @returns valid private scalar
* @throws If the hash length or field order is invalid for scalar reduction. {@link Error}
* @example
* Map hash output into a private scalar range.
*
* ```ts
* mapHashToField(new Uint8Array(48).fill(1), 255n);
* ```
*/
function mapHashToField(key, fieldOrder, isLE = false) {
	abytes$2(key);
	const len = key.length;
	const fieldLen = getFieldBytesLength(fieldOrder);
	const minLen = Math.max(getMinHashLength(fieldOrder), 16);
	if (len < minLen || len > 1024) throw new Error("expected " + minLen + "-1024 bytes of input, got " + len);
	const reduced = mod$1(isLE ? bytesToNumberLE$1(key) : bytesToNumberBE(key), fieldOrder - _1n$6) + _1n$6;
	return isLE ? numberToBytesLE$1(reduced, fieldLen) : numberToBytesBE$1(reduced, fieldLen);
}
var _0n$5, _1n$6, _2n$5, _3n$2, _4n$2, _5n$2, _7n$1, _8n$2, _9n, _15n, _16n, POW_WINDOWED_MIN, isNegativeLE, FIELD_FIELDS, FIELD_SQRT, _Field;
var init_modular = __esmMin((() => {
	init_utils();
	_0n$5 = /* @__PURE__ */ BigInt(0);
	_1n$6 = /* @__PURE__ */ BigInt(1);
	_2n$5 = /* @__PURE__ */ BigInt(2);
	_3n$2 = /* @__PURE__ */ BigInt(3);
	_4n$2 = /* @__PURE__ */ BigInt(4);
	_5n$2 = /* @__PURE__ */ BigInt(5);
	_7n$1 = /* @__PURE__ */ BigInt(7);
	_8n$2 = /* @__PURE__ */ BigInt(8);
	_9n = /* @__PURE__ */ BigInt(9);
	_15n = /* @__PURE__ */ BigInt(15);
	_16n = /* @__PURE__ */ BigInt(16);
	POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
	isNegativeLE = (num, modulo) => (mod$1(num, modulo) & _1n$6) === _1n$6;
	FIELD_FIELDS = [
		"create",
		"isValid",
		"is0",
		"neg",
		"inv",
		"sqrt",
		"sqr",
		"eql",
		"add",
		"sub",
		"mul",
		"pow",
		"div",
		"addN",
		"subN",
		"mulN",
		"sqrN"
	];
	FIELD_SQRT = /* @__PURE__ */ new WeakMap();
	_Field = class {
		ORDER;
		BITS;
		BYTES;
		isLE;
		ZERO = _0n$5;
		ONE = _1n$6;
		_lengths;
		_mod;
		constructor(ORDER, opts = {}) {
			if (ORDER <= _1n$6) throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
			let _nbitLength = void 0;
			this.isLE = false;
			if (opts != null && typeof opts === "object") {
				if (typeof opts.BITS === "number") _nbitLength = opts.BITS;
				if (typeof opts.sqrt === "function") Object.defineProperty(this, "sqrt", {
					value: opts.sqrt,
					enumerable: true
				});
				if (typeof opts.isLE === "boolean") this.isLE = opts.isLE;
				if (opts.allowedLengths) this._lengths = Object.freeze(opts.allowedLengths.slice());
				if (typeof opts.modFromBytes === "boolean") this._mod = opts.modFromBytes;
			}
			const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
			if (nByteLength > 2048) throw new Error("invalid field: expected ORDER of <= 2048 bytes");
			this.ORDER = ORDER;
			this.BITS = nBitLength;
			this.BYTES = nByteLength;
			Object.freeze(this);
		}
		create(num) {
			return mod$1(num, this.ORDER);
		}
		isValid(num) {
			if (typeof num !== "bigint") throw new TypeError("invalid field element: expected bigint, got " + typeof num);
			return _0n$5 <= num && num < this.ORDER;
		}
		is0(num) {
			return num === _0n$5;
		}
		isValidNot0(num) {
			return !this.is0(num) && this.isValid(num);
		}
		isOdd(num) {
			return (num & _1n$6) === _1n$6;
		}
		neg(num) {
			return mod$1(-num, this.ORDER);
		}
		eql(lhs, rhs) {
			return lhs === rhs;
		}
		sqr(num) {
			return mod$1(num * num, this.ORDER);
		}
		add(lhs, rhs) {
			return mod$1(lhs + rhs, this.ORDER);
		}
		sub(lhs, rhs) {
			return mod$1(lhs - rhs, this.ORDER);
		}
		mul(lhs, rhs) {
			return mod$1(lhs * rhs, this.ORDER);
		}
		pow(num, power) {
			return pow(num, power, this.ORDER);
		}
		div(lhs, rhs) {
			return mod$1(lhs * invert(rhs, this.ORDER), this.ORDER);
		}
		sqrN(num) {
			return num * num;
		}
		addN(lhs, rhs) {
			return lhs + rhs;
		}
		subN(lhs, rhs) {
			return lhs - rhs;
		}
		mulN(lhs, rhs) {
			return lhs * rhs;
		}
		inv(num) {
			return invert(num, this.ORDER);
		}
		sqrt(num) {
			let sqrt = FIELD_SQRT.get(this);
			if (!sqrt) FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
			return sqrt(this, num);
		}
		toBytes(num) {
			return this.isLE ? numberToBytesLE$1(num, this.BYTES) : numberToBytesBE$1(num, this.BYTES);
		}
		fromBytes(bytes, skipValidation = false) {
			abytes$2(bytes);
			const { _lengths: allowedLengths, BYTES, isLE, ORDER, _mod: modFromBytes } = this;
			if (allowedLengths) {
				if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
				const padded = new Uint8Array(BYTES);
				padded.set(bytes, isLE ? 0 : padded.length - bytes.length);
				bytes = padded;
			}
			if (bytes.length !== BYTES) throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
			let scalar = isLE ? bytesToNumberLE$1(bytes) : bytesToNumberBE(bytes);
			if (modFromBytes) scalar = mod$1(scalar, ORDER);
			if (!skipValidation) {
				if (!this.isValid(scalar)) throw new Error("invalid field element: outside of range 0..ORDER");
			}
			return scalar;
		}
		invertBatch(lst) {
			return FpInvertBatch(this, lst, true);
		}
		cmov(a, b, condition) {
			abool(condition, "condition");
			return condition ? b : a;
		}
	};
}));
// node_modules/@noble/curves/abstract/curve.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/**
* Validates the static surface of a point constructor.
* This is only a cheap sanity check for the constructor hooks and fields consumed by generic
* factories; it does not certify `BASE`/`ZERO` semantics or prove the curve implementation itself.
* @param Point - Runtime point constructor.
* @throws On missing constructor hooks or malformed field metadata. {@link TypeError}
* @example
* Check that one point constructor exposes the static hooks generic helpers need.
*
* ```ts
* import { ed25519 } from '@noble/curves/ed25519.js';
* import { validatePointCons } from '@noble/curves/abstract/curve.js';
* validatePointCons(ed25519.Point);
* ```
*/
function validatePointCons(Point) {
	const pc = Point;
	if (typeof pc !== "function") throw new TypeError("\"Point\" expected constructor, got type=" + typeof Point);
	afunction(pc.fromAffine, "Point.fromAffine");
	afunction(pc.fromBytes, "Point.fromBytes");
	afunction(pc.fromHex, "Point.fromHex");
	aobject(pc.BASE, "Point.BASE");
	aobject(pc.ZERO, "Point.ZERO");
	validateField(pc.Fp);
	validateField(pc.Fn);
}
/**
* Takes a bunch of Projective Points but executes only one
* inversion on all of them. Inversion is very slow operation,
* so this improves performance massively.
* Optimization: converts a list of projective points to a list of identical points with Z=1.
* Input points are left unchanged; the normalized points are returned as fresh instances.
* @param c - Point constructor.
* @param points - Projective points.
* @returns Fresh projective points reconstructed from normalized affine coordinates.
* @example
* Batch-normalize projective points with a single shared inversion.
*
* ```ts
* import { normalizeZ } from '@noble/curves/abstract/curve.js';
* import { p256 } from '@noble/curves/nist.js';
* const points = normalizeZ(p256.Point, [p256.Point.BASE, p256.Point.BASE.double()]);
* ```
*/
function normalizeZ(c, points) {
	validatePointCons(c);
	validateMSMPoints(points, c);
	const invertedZs = FpInvertBatch(c.Fp, points.map((p) => p.Z));
	return points.map((p, i) => c.fromAffine(p.toAffine(invertedZs[i])));
}
function validateW(W, bits, min = 1) {
	if (!Number.isSafeInteger(W) || W < min || W > bits) throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W);
}
function validateTableBytes(numPoints, fpBytes) {
	const bytes = numPoints * (4 * fpBytes + 128);
	if (bytes > TABLE_BYTES_MAX) throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
/**
* Probes an RNG once, at construction time: returns `undefined` when it is unavailable —
* throws or returns malformed bytes — so callers can downgrade to their unblinded /
* deterministic constant-time fallback. Blinding is defense-in-depth (DPA/template
* hardening), not a correctness or key-secrecy requirement, so availability-based
* downgrade is acceptable.
*
* The downgrade decision is deliberately static. After a successful probe the RNG becomes
* part of the trusted contract: later misbehavior must fail closed in per-call validation
* (throw), never downgrade — a dynamic fallback would let a tampered RNG silently strip
* blinding on demand. A probe can only ever classify broken environments, not adversarial
* RNGs: a stateful RNG can always behave while probed and misbehave later.
* @param randomBytes - RNG to probe, or `undefined` when the environment provides none.
* @param length - Byte length requested from the probe call.
* @returns The RNG when the probe produced `length` valid bytes; `undefined` otherwise.
* @example
* Probe an RNG once before enabling scalar blinding.
*
* ```ts
* import { probeRandomBytes } from '@noble/curves/abstract/curve.js';
* import { randomBytes } from '@noble/hashes/utils.js';
* const rng = probeRandomBytes(randomBytes, 16);
* ```
*/
function probeRandomBytes(randomBytes, length) {
	if (randomBytes === void 0) return void 0;
	afunction(randomBytes, "randomBytes");
	try {
		const probe = randomBytes(length);
		if (!isBytes$2(probe) || probe.length !== length) return void 0;
	} catch {
		return;
	}
	return randomBytes;
}
function validateMSMPoints(points, c) {
	aarray(points, "points");
	points.forEach((p, i) => {
		if (!(p instanceof c)) throw new Error("invalid point at index " + i);
	});
}
function validateMSMScalars(scalars, field, maxScalar) {
	if (!Array.isArray(scalars)) throw new Error("array of scalars expected");
	scalars.forEach((s, i) => {
		if (!(maxScalar === void 0 ? field.isValid(s) : isPosBig$1(s) && s < maxScalar)) throw new Error("invalid scalar at index " + i);
	});
}
function getWindowSize(P) {
	return pointWindowSizes.get(P) || 1;
}
/** Table of odd multiples [1P, 3P, ..., (2⋅size−1)P]; width-W wNAF uses size = 2^(W−2). */
function oddMultiples(p, size) {
	const dbl = p.double();
	const t = [p];
	for (let j = 1; j < size; j++) t.push(t[j - 1].add(dbl));
	return t;
}
/**
* Width-W wNAF signed-digit recoding (W >= 2), LSB-first: digits are 0 or odd with
* |digit| < 2^(W−1); nonzero density ~1/(W+1) (a nonzero digit is followed by W−1 zeros).
*/
function wnafDigits(n, W) {
	const size = 2 ** W;
	const half = size / 2;
	const mask = BigInt(size - 1);
	const d = [];
	while (n > _0n$4) {
		let w = 0;
		if (n & _1n$5) {
			w = Number(n & mask);
			if (w >= half) w -= size;
			n -= BigInt(w);
		}
		d.push(w);
		n >>= _1n$5;
	}
	return d;
}
/**
* Fixed-position signed-window recoding for precomputed wNAF: `n = Σ digits[w]⋅2^(w⋅W)` with
* digits in `[−2^(W−1)+1, 2^(W−1)]`. Digit count is fixed by `windows` (callers reserve one
* extra window for the final carry), so recoding length does not depend on the scalar.
*/
function signedWindowDigits(n, W, windows) {
	const size = 2 ** W;
	const half = size / 2;
	const mask = BigInt(size - 1);
	const shiftBy = BigInt(W);
	const d = [];
	for (let w = 0; w < windows; w++) {
		let v = Number(n & mask);
		n >>= shiftBy;
		if (v > half) {
			v -= size;
			n += _1n$5;
		}
		d.push(v);
	}
	if (n !== _0n$4) throw new Error("invalid wnaf");
	return d;
}
/**
* Shared vartime walk over per-scalar wNAF digit streams: one doubling of a single shared
* accumulator per bit position of the longest recoding, one signed table addition per
* nonzero digit. `tables[i]` must hold the odd multiples of the i-th point.
*/
function wnafWalk(zero, tables, digits) {
	let max = 0;
	for (const d of digits) max = Math.max(max, d.length);
	let acc = zero;
	for (let bit = max - 1; bit >= 0; bit--) {
		if (bit !== max - 1) acc = acc.double();
		for (let i = 0; i < digits.length; i++) {
			const w = digits[i][bit];
			if (w) {
				const item = tables[i][Math.abs(w) - 1 >> 1];
				acc = acc.add(w < 0 ? item.negate() : item);
			}
		}
	}
	return acc;
}
/**
* Combined multi-scalar multiplication `Σ scalars[i]⋅points[i]` via interleaved width-4 wNAF
* (Strauss–Shamir). Every input gets its own table of odd multiples `[1P, 3P, 5P, 7P]` and
* signed-digit recoding, but all walks share one doubling chain, so total cost is
* `~bits` doublings + `L⋅bits/5` additions instead of `L⋅bits` doublings for separate
* multiplications. Intended for the 2-4 point shapes of signature verification
* (`R = u1⋅G + u2⋅P`); use {@link pippenger} for larger batches.
*
* Not constant-time: only for public inputs. Scalars must satisfy `0 <= s < Fn.ORDER`;
* fold negative signs into the points before calling.
* @param c - Point constructor.
* @param points - Array of curve points.
* @param scalars - Array of non-negative scalars, same length as points.
* @param allowOversized - Replace the `s < Fn.ORDER` scalar check with a `Fn.ORDER^4` DoS cap.
*   Off by default. For scalars that must NOT be reduced mod ORDER: torsion checks
*   (`Fn.ORDER⋅P ≟ O`) and cofactor-clearing multiples. Walk length grows with `bitLen(s)`.
* @returns Combined multiplication result; identity for empty input.
* @throws If the point set or scalar set is invalid. {@link Error}
* @example
* Combined multi-scalar multiplication via Strauss–Shamir.
*
* ```ts
* import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
* import { p256 } from '@noble/curves/nist.js';
* const G = p256.Point.BASE;
* const R = mulAddUnsafe(p256.Point, [G, G.double()], [2n, 3n]); // 2⋅G + 3⋅(2⋅G)
* ```
*/
function mulAddUnsafe(c, points, scalars, allowOversized = false) {
	validatePointCons(c);
	validateMSMPoints(points, c);
	abool(allowOversized, "allowOversized");
	validateMSMScalars(scalars, c.Fn, allowOversized ? c.Fn.ORDER ** _4n$1 : void 0);
	if (points.length !== scalars.length) throw new Error("arrays of points and scalars must have equal length");
	const tables = points.map((p) => oddMultiples(p, 4));
	const digits = scalars.map((n) => wnafDigits(n, 4));
	return wnafWalk(c.ZERO, tables, digits);
}
function createField(order, field, isLE) {
	if (field) {
		if (field.ORDER !== order) throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
		validateField(field);
		return field;
	} else return Field(order, { isLE });
}
/**
* Validates basic CURVE shape and field membership, then creates fields.
* This does not prove that the generator is on-curve, that subgroup/order data are consistent, or
* that the curve equation itself is otherwise sane.
* @param type - Curve family.
* @param CURVE - Curve parameters.
* @param curveOpts - Optional field overrides. See {@link FpFn}:
*   - `Fp` (optional): Optional base-field override.
*   - `Fn` (optional): Optional scalar-field override.
* @param FpFnLE - Whether field encoding is little-endian.
* @returns Frozen curve parameters and fields.
* @throws If the curve parameters or field overrides are invalid. {@link Error}
* @example
* Build curve fields from raw constants before constructing a curve instance.
*
* ```ts
* const curve = createCurveFields('weierstrass', {
*   p: 17n,
*   n: 19n,
*   h: 1n,
*   a: 2n,
*   b: 2n,
*   Gx: 5n,
*   Gy: 1n,
* });
* ```
*/
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
	if (type !== "weierstrass" && type !== "edwards") throw new Error("expected curve type \"weierstrass\" or \"edwards\"");
	if (FpFnLE === void 0) FpFnLE = type === "edwards";
	if (!CURVE || typeof CURVE !== "object") throw new Error(`expected valid ${type} CURVE object`);
	validateObject$1(curveOpts);
	for (const p of [
		"p",
		"n",
		"h"
	]) {
		const val = CURVE[p];
		if (!(isPosBig$1(val) && val !== _0n$4)) throw new Error(`CURVE.${p} must be positive bigint`);
	}
	const Fp = createField(CURVE.p, curveOpts.Fp, FpFnLE);
	const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
	const params = [
		"Gx",
		"Gy",
		"a",
		type === "weierstrass" ? "b" : "d"
	];
	for (const p of params) if (!Fp.isValid(CURVE[p])) throw new Error(`CURVE.${p} must be valid field element of CURVE.Fp`);
	CURVE = Object.freeze(Object.assign({}, CURVE));
	return {
		CURVE,
		Fp,
		Fn
	};
}
/**
* @param randomSecretKey - Secret-key generator.
* @param getPublicKey - Public-key derivation helper.
* @returns Keypair generator.
* @example
* Build a `keygen()` helper from existing secret-key and public-key primitives.
*
* ```ts
* import { createKeygen } from '@noble/curves/abstract/curve.js';
* import { p256 } from '@noble/curves/nist.js';
* const keygen = createKeygen(p256.utils.randomSecretKey, p256.getPublicKey);
* const pair = keygen();
* ```
*/
function createKeygen$1(randomSecretKey, getPublicKey) {
	return function keygen(seed) {
		const secretKey = randomSecretKey(seed);
		return {
			secretKey,
			publicKey: getPublicKey(secretKey)
		};
	};
}
var _0n$4, _1n$5, _4n$1, BLIND_BYTES, BLIND_BITS, FW_WINDOW, TABLE_BYTES_MAX, pointWindowSizes, ScalarMultiplier;
var init_curve = __esmMin((() => {
	init_utils();
	init_modular();
	_0n$4 = /* @__PURE__ */ BigInt(0);
	_1n$5 = /* @__PURE__ */ BigInt(1);
	_4n$1 = /* @__PURE__ */ BigInt(4);
	BLIND_BYTES = 16;
	BLIND_BITS = 128;
	FW_WINDOW = 5;
	TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
	pointWindowSizes = /* @__PURE__ */ new WeakMap();
	ScalarMultiplier = class {
		Point;
		BASE;
		ZERO;
		randomBytes;
		wnafPrecomputes = /* @__PURE__ */ new WeakMap();
		baseCanBeBlinded;
		bits;
		constructor(Point, randomBytes) {
			validatePointCons(Point);
			this.randomBytes = probeRandomBytes(randomBytes, BLIND_BYTES);
			this.Point = Point;
			this.BASE = Point.BASE;
			this.ZERO = Point.ZERO;
			this.bits = Point.Fn.BITS;
		}
		/**
		* Creates a signed fixed-window wNAF precomputation table: for every window w, the
		* multiples `[1..2^(W−1)]⋅2^(w⋅W)⋅P`, flattened. All doublings are baked into the table,
		* so cached multiplication is additions-only. `windows = ceil(bits/W) + 1`: the extra
		* window absorbs the final carry of signed-digit recoding.
		* For a 256-bit curve and W=6, the table is 44⋅32 = 1408 points.
		* @param point - Point instance
		* @param W - window size
		* @param bits - scalar bitlength the table must cover
		*/
		buildWnafTable(point, W, bits) {
			const windows = Math.ceil(bits / W) + 1;
			const half = 2 ** (W - 1);
			const comp = [];
			let base = point;
			for (let w = 0; w < windows; w++) {
				let acc = base;
				for (let i = 0; i < half; i++) {
					comp.push(acc);
					acc = acc.add(base);
				}
				base = comp[comp.length - 1].double();
			}
			return {
				W,
				bits,
				windows,
				comp
			};
		}
		/**
		* Implements ec multiplication using precomputed signed fixed-window wNAF tables.
		* Constant-time: fixed window count with one table addition per window — zero digits feed
		* the fake accumulator — and no doublings; the lookup scans the whole window slice.
		* Scalar bounds are validated by the public entry points ({@link ScalarMultiplier.mulCT},
		* {@link ScalarMultiplier.mulCTBlinded}, {@link ScalarMultiplier.mulUnsafe});
		* signedWindowDigits throws if `n` exceeds the table.
		* @returns real and fake (for const-time) points
		*/
		wnafCachedCT(precomputes, n) {
			const { W, windows, comp } = precomputes;
			const half = 2 ** (W - 1);
			const digits = signedWindowDigits(n, W, windows);
			let p = this.ZERO;
			let f = this.BASE;
			for (let w = 0; w < windows; w++) {
				const digit = digits[w];
				const start = w * half;
				const idx = Math.abs(digit) - 1;
				let sel = comp[start];
				for (let i = 1; i < half; i++) sel = i === idx ? comp[start + i] : sel;
				const neg = sel.negate();
				if (digit === 0) f = f.add(comp[start]);
				else p = p.add(digit < 0 ? neg : sel);
			}
			return {
				p,
				f
			};
		}
		getWnafPrecomputes(W, point, bits, transform) {
			let entries = this.wnafPrecomputes.get(point);
			let comp = entries?.find((entry) => entry.W === W && entry.bits === bits);
			if (!comp) {
				comp = this.buildWnafTable(point, W, bits);
				if (typeof transform === "function") comp = {
					...comp,
					comp: transform(comp.comp)
				};
				if (!entries) {
					entries = [];
					this.wnafPrecomputes.set(point, entries);
				}
				entries.push(comp);
			}
			return comp;
		}
		assertPoint(point) {
			if (!(point instanceof this.Point)) throw new TypeError("\"point\" expected Point instance, got type=" + typeof point);
		}
		validateMulInput(point, scalar) {
			this.assertPoint(point);
			if (!inRange$1(scalar, _1n$5, this.Point.Fn.ORDER)) throw new Error("invalid scalar");
		}
		runCT(point, n, bits, transform) {
			const W = getWindowSize(point);
			if (W === 1) return this.fixedWindowCT(point, n, bits);
			return this.wnafCachedCT(this.getWnafPrecomputes(W, point, bits, transform), n);
		}
		mulCT(point, scalar, transform) {
			this.validateMulInput(point, scalar);
			return this.runCT(point, scalar, this.bits, transform);
		}
		mulCTBlinded(point, scalar, transform) {
			this.validateMulInput(point, scalar);
			if (this.randomBytes === void 0) throw new Error("randomBytes is required for scalar blinding");
			const bits = this.Point.Fn.BITS + BLIND_BITS;
			const blind = this.randomBytes(BLIND_BYTES);
			if (!isBytes$2(blind) || blind.length !== BLIND_BYTES) throw new Error("randomBytes returned invalid byte array");
			blind[0] = blind[0] & 63 | 128;
			const n = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
			return this.runCT(point, n, bits, transform);
		}
		/**
		* Constant-time multiplication `n*point` for an un-precomputed point, via a small fixed window.
		* A cached wNAF table only pays off when reused; a flat 2^FW_WINDOW table (`size-1` adds) is
		* far cheaper to build for a single use. The point-operation sequence is independent of `n`:
		* build the table, then per window exactly FW_WINDOW doublings, a data-oblivious scan over
		* every table entry, and one addition (adds the identity when the window digit is 0 — never
		* skipped).
		*
		* `n` must be `< 2^bits`. Assumes complete addition (adding the identity costs the same as any
		* add), which holds for the Weierstrass/Edwards point types used here. The table is left in
		* projective form (no normalizeZ): normalizing this small a table costs more than the
		* mixed-add savings it would buy for a single multiply.
		* @returns real point `p`; `f` duplicates it only to match {@link wnafCachedCT}'s return shape
		* (this path needs no fake accumulator — its op-count is already scalar-independent).
		*/
		fixedWindowCT(point, n, bits) {
			const W = FW_WINDOW;
			const size = 32;
			const mask = bitMask(W);
			const table = new Array(size);
			table[0] = this.ZERO;
			for (let i = 1; i < size; i++) table[i] = table[i - 1].add(point);
			const windows = Math.ceil(bits / W);
			let acc = this.ZERO;
			for (let window = windows - 1; window >= 0; window--) {
				if (window !== windows - 1) for (let d = 0; d < W; d++) acc = acc.double();
				const digit = Number(n >> BigInt(window * W) & mask);
				let sel = table[0];
				for (let i = 1; i < size; i++) sel = i === digit ? table[i] : sel;
				acc = acc.add(sel);
			}
			return {
				p: acc,
				f: acc
			};
		}
		shouldBlind(point, cofactor) {
			if (this.randomBytes === void 0) return false;
			if (cofactor === _1n$5) return true;
			if (point !== this.BASE) return false;
			if (this.baseCanBeBlinded === void 0) this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
			return this.baseCanBeBlinded;
		}
		mulSecret(point, scalar, cofactor, transform) {
			return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
		}
		mulUnsafe(point, scalar, transform) {
			this.assertPoint(point);
			if (!isPosBig$1(scalar)) throw new Error("invalid scalar");
			const W = getWindowSize(point);
			if (W === 1 || scalar >= this.Point.Fn.ORDER) return mulAddUnsafe(this.Point, [point], [scalar], true);
			const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
			return this.wnafCachedCT(precomputes, scalar).p;
		}
		setWindowSize(point, W) {
			this.assertPoint(point);
			validateW(W, this.bits);
			validateTableBytes((Math.ceil((this.bits + BLIND_BITS) / W) + 1) * 2 ** (W - 1), this.Point.Fp.BYTES);
			pointWindowSizes.set(point, W);
			this.wnafPrecomputes.delete(point);
		}
		hasWindowSize(point) {
			return getWindowSize(point) !== 1;
		}
	};
}));
// node_modules/@noble/curves/abstract/edwards.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function isEdValidXY(Fp, CURVE, x, y) {
	const x2 = Fp.sqr(x);
	const y2 = Fp.sqr(y);
	const left = Fp.add(Fp.mul(CURVE.a, x2), y2);
	const right = Fp.add(Fp.ONE, Fp.mul(CURVE.d, Fp.mul(x2, y2)));
	return Fp.eql(left, right);
}
/**
* @param params - Curve parameters. See {@link EdwardsOpts}.
* @param extraOpts - Optional helpers and overrides. See {@link EdwardsExtraOpts}.
* @returns Edwards point constructor. Generator validation here only checks
*   that `(Gx, Gy)` satisfies the affine Edwards equation.
*   RFC 8032 base-point constraints like `B != (0,1)` and `[L]B = 0`
*   are left to the caller's chosen parameters, since eager subgroup
*   validation here adds about 10-15ms to heavyweight imports like ed448.
*   The returned constructor also eagerly marks `Point.BASE` for W=6
*   precompute caching. Some code paths still assume
*   `Fp.BYTES === Fn.BYTES`, so mismatched byte lengths are not fully audited here.
* @throws If the curve parameters or Edwards overrides are invalid. {@link Error}
* @example
* ```ts
* import { edwards } from '@noble/curves/abstract/edwards.js';
* import { jubjub } from '@noble/curves/misc.js';
* // Build a point constructor from explicit curve parameters, then use its base point.
* const Point = edwards(jubjub.Point.CURVE());
* Point.BASE.toHex();
* ```
*/
function edwards(params, extraOpts = {}) {
	validateObject$1(extraOpts, {}, {}, "extraOpts");
	const opts = extraOpts;
	const validated = createCurveFields("edwards", params, opts, opts.FpFnLE);
	const { Fp, Fn } = validated;
	let CURVE = validated.CURVE;
	const { h: cofactor } = CURVE;
	if (FpLegendre(Fp, CURVE.a) !== 1) throw new Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
	if (FpLegendre(Fp, CURVE.d) !== -1) throw new Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
	validateObject$1(opts, {}, {
		uvRatio: "function",
		randomBytes: "function"
	});
	const randomBytes = opts.randomBytes === void 0 ? randomBytes$1 : opts.randomBytes;
	const MASK = _2n$4 << BigInt(Fp.BYTES * 8) - _1n$4;
	function isOdd(n) {
		if (!Fp.isOdd) throw new Error("Field does not have .isOdd()");
		return Fp.isOdd(n);
	}
	const uvRatio = opts.uvRatio === void 0 ? (u, v) => {
		try {
			return {
				isValid: true,
				value: Fp.sqrt(Fp.div(u, v))
			};
		} catch (e) {
			return {
				isValid: false,
				value: _0n$3
			};
		}
	} : opts.uvRatio;
	if (!isEdValidXY(Fp, CURVE, CURVE.Gx, CURVE.Gy)) throw new Error("bad curve params: generator point");
	const mulA = Fp.eql(CURVE.a, Fp.neg(Fp.ONE)) ? (x) => Fp.neg(x) : Fp.eql(CURVE.a, Fp.ONE) ? (x) => x : (x) => Fp.mul(CURVE.a, x);
	/**
	* Asserts coordinate is valid: 0 <= n < MASK.
	* Coordinates >= Fp.ORDER are allowed for zip215.
	*/
	function acoord(title, n, banZero = false) {
		const min = banZero ? _1n$4 : _0n$3;
		aInRange$1("coordinate " + title, n, min, MASK);
		return n;
	}
	function aedpoint(other) {
		if (!(other instanceof Point)) throw new Error("EdwardsPoint expected");
	}
	class Point {
		static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp.ONE, Fp.mul(CURVE.Gx, CURVE.Gy));
		static ZERO = new Point(Fp.ZERO, Fp.ONE, Fp.ONE, Fp.ZERO);
		static Fp = Fp;
		static Fn = Fn;
		X;
		Y;
		Z;
		T;
		constructor(X, Y, Z, T) {
			this.X = acoord("x", X);
			this.Y = acoord("y", Y);
			this.Z = acoord("z", Z, true);
			this.T = acoord("t", T);
			Object.freeze(this);
		}
		static CURVE() {
			return CURVE;
		}
		/**
		* Create one extended Edwards point from affine coordinates.
		* Does NOT validate that the point is on-curve or torsion-free.
		* Use `.assertValidity()` on adversarial inputs.
		*/
		static fromAffine(p) {
			if (p instanceof Point) throw new Error("extended point not allowed");
			const { x, y } = p || {};
			acoord("x", x);
			acoord("y", y);
			return new Point(x, y, Fp.ONE, Fp.mul(x, y));
		}
		static fromBytes(bytes, zip215 = false) {
			const len = Fp.BYTES;
			const { a, d } = CURVE;
			bytes = copyBytes$1(abytes$2(bytes, len, "point"));
			abool(zip215, "zip215");
			const normed = copyBytes$1(bytes);
			const lastByte = bytes[len - 1];
			normed[len - 1] = lastByte & -129;
			const y = bytesToNumberLE$1(normed);
			const max = zip215 ? MASK : Fp.ORDER;
			aInRange$1("point.y", y, _0n$3, max);
			const y2 = Fp.sqr(y);
			const u = Fp.sub(y2, Fp.ONE);
			const v = Fp.sub(Fp.mulN(d, y2), a);
			let { isValid, value: x } = uvRatio(u, v);
			if (!isValid) throw new Error("bad point: invalid y coordinate");
			const isXOdd = isOdd(x);
			const isLastByteOdd = (lastByte & 128) !== 0;
			if (!zip215 && Fp.is0(x) && isLastByteOdd) throw new Error("bad point: x=0 and x_0=1");
			if (isLastByteOdd !== isXOdd) x = Fp.neg(x);
			return Point.fromAffine({
				x,
				y
			});
		}
		static fromHex(hex, zip215 = false) {
			return Point.fromBytes(hexToBytes$1(hex), zip215);
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		precompute(windowSize = 6, isLazy = true) {
			wnaf.setWindowSize(this, windowSize);
			if (!isLazy) this.multiply(_2n$4);
			return this;
		}
		assertValidity() {
			const p = this;
			const { a, d } = CURVE;
			if (p.is0()) throw new Error("bad point: ZERO");
			const { X, Y, Z, T } = p;
			const X2 = Fp.sqr(X);
			const Y2 = Fp.sqr(Y);
			const Z2 = Fp.sqr(Z);
			const Z4 = Fp.sqr(Z2);
			const aX2 = Fp.mul(X2, a);
			const left = Fp.mul(Fp.add(aX2, Y2), Z2);
			const right = Fp.add(Z4, Fp.mul(d, Fp.mul(X2, Y2)));
			if (!Fp.eql(left, right)) throw new Error("bad point: equation left != right (1)");
			const XY = Fp.mul(X, Y);
			const ZT = Fp.mul(Z, T);
			if (!Fp.eql(XY, ZT)) throw new Error("bad point: equation left != right (2)");
		}
		equals(other) {
			aedpoint(other);
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const { X: X2, Y: Y2, Z: Z2 } = other;
			const X1Z2 = Fp.mul(X1, Z2);
			const X2Z1 = Fp.mul(X2, Z1);
			const Y1Z2 = Fp.mul(Y1, Z2);
			const Y2Z1 = Fp.mul(Y2, Z1);
			return Fp.eql(X1Z2, X2Z1) && Fp.eql(Y1Z2, Y2Z1);
		}
		is0() {
			return this.equals(Point.ZERO);
		}
		negate() {
			return new Point(Fp.neg(this.X), this.Y, this.Z, Fp.neg(this.T));
		}
		double() {
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const A = Fp.sqr(X1);
			const B = Fp.sqr(Y1);
			const C = Fp.mul(Fp.sqr(Z1), _2n$4);
			const D = mulA(A);
			const x1y1 = Fp.addN(X1, Y1);
			const E = Fp.sub(Fp.subN(Fp.sqr(x1y1), A), B);
			const G = Fp.addN(D, B);
			const F = Fp.subN(G, C);
			const H = Fp.subN(D, B);
			const X3 = Fp.mul(E, F);
			const Y3 = Fp.mul(G, H);
			const T3 = Fp.mul(E, H);
			const Z3 = Fp.mul(F, G);
			return new Point(X3, Y3, Z3, T3);
		}
		add(other) {
			aedpoint(other);
			const { d } = CURVE;
			const { X: X1, Y: Y1, Z: Z1, T: T1 } = this;
			const { X: X2, Y: Y2, Z: Z2, T: T2 } = other;
			const A = Fp.mul(X1, X2);
			const B = Fp.mul(Y1, Y2);
			const C = Fp.mul(Fp.mulN(T1, d), T2);
			const D = Fp.mul(Z1, Z2);
			const E = Fp.sub(Fp.subN(Fp.mulN(Fp.addN(X1, Y1), Fp.addN(X2, Y2)), A), B);
			const F = Fp.subN(D, C);
			const G = Fp.addN(D, C);
			const H = Fp.sub(B, mulA(A));
			const X3 = Fp.mul(E, F);
			const Y3 = Fp.mul(G, H);
			const T3 = Fp.mul(E, H);
			const Z3 = Fp.mul(F, G);
			return new Point(X3, Y3, Z3, T3);
		}
		subtract(other) {
			aedpoint(other);
			return this.add(other.negate());
		}
		multiply(scalar) {
			if (!Fn.isValidNot0(scalar)) throw new RangeError("invalid scalar: expected 1 <= sc < curve.n");
			const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
			return normalize([p, f])[0];
		}
		multiplyUnsafe(scalar) {
			if (!Fn.isValid(scalar)) throw new RangeError("invalid scalar: expected 0 <= sc < curve.n");
			if (scalar === _0n$3) return Point.ZERO;
			if (this.is0() || scalar === _1n$4) return this;
			return wnaf.mulUnsafe(this, scalar, normalize);
		}
		isSmallOrder() {
			return this.clearCofactor().is0();
		}
		isTorsionFree() {
			return wnaf.mulUnsafe(this, CURVE.n).is0();
		}
		toAffine(invertedZ) {
			const p = this;
			let iz = invertedZ;
			if (iz != null && typeof iz !== "bigint") throw new TypeError("\"invertedZ\" expected bigint, got type=" + typeof iz);
			const { X, Y, Z } = p;
			const is0 = p.is0();
			if (iz == null) iz = is0 ? Fp.create(_8n$1) : Fp.inv(Z);
			const x = Fp.mul(X, iz);
			const y = Fp.mul(Y, iz);
			const zz = Fp.mul(Z, iz);
			if (is0) return {
				x: Fp.ZERO,
				y: Fp.ONE
			};
			if (!Fp.eql(zz, Fp.ONE)) throw new Error("invZ was invalid");
			return {
				x,
				y
			};
		}
		clearCofactor() {
			if (cofactor === _1n$4) return this;
			if (cofactor === _2n$4) return this.double();
			if (cofactor === _4n) return this.double().double();
			if (cofactor === _8n$1) return this.double().double().double();
			return this.multiplyUnsafe(cofactor);
		}
		toBytes() {
			const { x, y } = this.toAffine();
			const bytes = Fp.toBytes(y);
			bytes[bytes.length - 1] |= isOdd(x) ? 128 : 0;
			return bytes;
		}
		toHex() {
			return bytesToHex$1(this.toBytes());
		}
		toString() {
			return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
		}
	}
	const normalize = (points) => normalizeZ(Point, points);
	const wnaf = new ScalarMultiplier(Point, randomBytes);
	if (wnaf.bits >= 6) Point.BASE.precompute(6);
	Object.freeze(Point.prototype);
	Object.freeze(Point);
	return Point;
}
/**
* Initializes EdDSA signatures over given Edwards curve.
* @param Point - Edwards point constructor.
* @param cHash - Hash function.
* @param eddsaOpts - Optional signature helpers. See {@link EdDSAOpts}.
* @returns EdDSA helper namespace.
* @throws If the hash function, options, or derived point operations are invalid. {@link Error}
* @example
* Initializes EdDSA signatures over given Edwards curve.
*
* ```ts
* import { eddsa } from '@noble/curves/abstract/edwards.js';
* import { jubjub } from '@noble/curves/misc.js';
* import { sha512 } from '@noble/hashes/sha2.js';
* const sigs = eddsa(jubjub.Point, sha512);
* const { secretKey, publicKey } = sigs.keygen();
* const msg = new TextEncoder().encode('hello noble');
* const sig = sigs.sign(msg, secretKey);
* const isValid = sigs.verify(sig, msg, publicKey);
* ```
*/
function eddsa(Point, cHash, eddsaOpts = {}) {
	validatePointCons(Point);
	if (typeof cHash !== "function") throw new Error("\"hash\" function param is required");
	const hash = cHash;
	const opts = eddsaOpts;
	validateObject$1(opts, {}, {
		adjustScalarBytes: "function",
		randomBytes: "function",
		domain: "function",
		prehash: "function",
		zip215: "boolean",
		mapToCurve: "function",
		toMontgomery: "function",
		toMontgomerySecret: "function"
	});
	const { prehash } = opts;
	const { BASE, Fp, Fn } = Point;
	const outputLen = hash.outputLen;
	const expectedLen = 2 * Fp.BYTES;
	if (outputLen !== void 0) {
		asafenumber(outputLen, "hash.outputLen");
		if (outputLen !== expectedLen) throw new Error(`hash.outputLen must be ${expectedLen}, got ${outputLen}`);
	}
	const randomBytes = opts.randomBytes === void 0 ? randomBytes$1 : opts.randomBytes;
	const toMontgomery = opts.toMontgomery;
	const toMontgomerySecret = opts.toMontgomerySecret;
	const adjustScalarBytes = opts.adjustScalarBytes === void 0 ? (bytes) => bytes : opts.adjustScalarBytes;
	const domain = opts.domain === void 0 ? (data, ctx, phflag) => {
		abool(phflag, "phflag");
		if (ctx.length || phflag) throw new Error("Contexts/pre-hash are not supported");
		return data;
	} : opts.domain;
	function modN_LE(hash) {
		return Fn.create(bytesToNumberLE$1(hash));
	}
	function getPrivateScalar(key) {
		const len = lengths.secretKey;
		abytes$2(key, lengths.secretKey, "secretKey");
		const hashed = abytes$2(hash(key), 2 * len, "hashedSecretKey");
		const head = adjustScalarBytes(hashed.slice(0, len));
		return {
			head,
			prefix: hashed.slice(len, 2 * len),
			scalar: modN_LE(head)
		};
	}
	/** Convenience method that creates public key from scalar. RFC8032 5.1.5
	* Also exposes the derived scalar/prefix tuple and point form reused by sign().
	*/
	function getExtendedPublicKey(secretKey) {
		const { head, prefix, scalar } = getPrivateScalar(secretKey);
		const point = BASE.multiply(scalar);
		return {
			head,
			prefix,
			scalar,
			point,
			pointBytes: point.toBytes()
		};
	}
	/** Calculates EdDSA pub key. RFC8032 5.1.5. */
	function getPublicKey(secretKey) {
		return getExtendedPublicKey(secretKey).pointBytes;
	}
	function hashDomainToScalar(context = Uint8Array.of(), ...msgs) {
		const msg = concatBytes(...msgs);
		return modN_LE(hash(domain(msg, abytes$2(context, void 0, "context"), !!prehash)));
	}
	/** Signs message with secret key. RFC8032 5.1.6 */
	function sign(msg, secretKey, options = {}) {
		validateObject$1(options, {}, {}, "options");
		msg = copyBytes$1(abytes$2(msg, void 0, "message"));
		if (prehash) msg = prehash(msg);
		const { prefix, scalar, pointBytes } = getExtendedPublicKey(secretKey);
		const r = hashDomainToScalar(options.context, prefix, msg);
		const R = BASE.multiply(r).toBytes();
		const k = hashDomainToScalar(options.context, R, pointBytes, msg);
		const s = Fn.create(r + k * scalar);
		if (!Fn.isValid(s)) throw new Error("sign failed: invalid s");
		const rs = concatBytes(R, Fn.toBytes(s));
		return abytes$2(rs, lengths.signature, "result");
	}
	const verifyOpts = { zip215: opts.zip215 };
	/**
	* Verifies EdDSA signature against message and public key. RFC 8032 §§5.1.7 and 5.2.7.
	* A cofactored verification equation is checked.
	*/
	function verify(sig, msg, publicKey, options = verifyOpts) {
		validateObject$1(options);
		const { context } = options;
		const zip215 = options.zip215 === void 0 ? !!verifyOpts.zip215 : options.zip215;
		const len = lengths.signature;
		sig = abytes$2(sig, len, "signature");
		msg = abytes$2(msg, void 0, "message");
		publicKey = abytes$2(publicKey, lengths.publicKey, "publicKey");
		if (zip215 !== void 0) abool(zip215, "zip215");
		if (prehash) msg = prehash(msg);
		const mid = len / 2;
		const r = sig.subarray(0, mid);
		const s = bytesToNumberLE$1(sig.subarray(mid, len));
		let A, R, SB;
		try {
			A = Point.fromBytes(publicKey, zip215);
			R = Point.fromBytes(r, zip215);
			SB = BASE.multiplyUnsafe(s);
		} catch (error) {
			return false;
		}
		if (!zip215 && A.isSmallOrder()) return false;
		const k = hashDomainToScalar(context, r, publicKey, msg);
		return R.add(A.multiplyUnsafe(k)).subtract(SB).clearCofactor().is0();
	}
	const _size = Fp.BYTES;
	const lengths = {
		secretKey: _size,
		publicKey: _size,
		signature: 2 * _size,
		seed: _size
	};
	function randomSecretKey(seed) {
		seed = seed === void 0 ? randomBytes(lengths.seed) : seed;
		return abytes$2(seed, lengths.seed, "seed");
	}
	function isValidSecretKey(key) {
		return isBytes$2(key) && key.length === lengths.secretKey;
	}
	function isValidPublicKey(key, zip215) {
		try {
			return !!Point.fromBytes(key, zip215 === void 0 ? verifyOpts.zip215 : zip215);
		} catch (error) {
			return false;
		}
	}
	const utils = {
		getExtendedPublicKey,
		randomSecretKey,
		isValidSecretKey,
		isValidPublicKey,
		/** Converts an Edwards public key to a companion Montgomery public key. */
		toMontgomery(publicKey) {
			if (toMontgomery === void 0) throw new Error("Montgomery conversion is not supported for this curve");
			return toMontgomery(Point.fromBytes(publicKey));
		},
		toMontgomerySecret(secretKey) {
			if (toMontgomerySecret === void 0) throw new Error("Montgomery conversion is not supported for this curve");
			return toMontgomerySecret(secretKey);
		}
	};
	Object.freeze(lengths);
	Object.freeze(utils);
	return Object.freeze({
		keygen: createKeygen$1(randomSecretKey, getPublicKey),
		getPublicKey,
		sign,
		verify,
		utils,
		Point,
		lengths
	});
}
var _0n$3, _1n$4, _2n$4, _4n, _8n$1, PrimeEdwardsPoint;
var init_edwards = __esmMin((() => {
	init_utils();
	init_curve();
	init_modular();
	_0n$3 = /* @__PURE__ */ BigInt(0);
	_1n$4 = /* @__PURE__ */ BigInt(1);
	_2n$4 = /* @__PURE__ */ BigInt(2);
	_4n = /* @__PURE__ */ BigInt(4);
	_8n$1 = /* @__PURE__ */ BigInt(8);
	PrimeEdwardsPoint = class {
		static BASE;
		static ZERO;
		static Fp;
		static Fn;
		ep;
		/**
		* Wrap one internal Edwards representative directly.
		* This is not a canonical encoding boundary: alternate Edwards
		* representatives may still describe the same abstract wrapper element.
		*/
		constructor(ep) {
			this.ep = ep;
		}
		static fromBytes(_bytes) {
			notImplemented();
		}
		static fromHex(_hex) {
			notImplemented();
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		clearCofactor() {
			return this;
		}
		assertValidity() {
			this.ep.assertValidity();
		}
		/**
		* Return affine coordinates of the current internal Edwards representative.
		* This is a convenience helper, not a canonical Ristretto/Decaf encoding.
		* Equal abstract elements may expose different `x` / `y`; use
		* `toBytes()` / `fromBytes()` for canonical roundtrips.
		*/
		toAffine(invertedZ) {
			return this.ep.toAffine(invertedZ);
		}
		toHex() {
			return bytesToHex$1(this.toBytes());
		}
		toString() {
			return this.toHex();
		}
		isTorsionFree() {
			return true;
		}
		isSmallOrder() {
			return false;
		}
		add(other) {
			this.assertSame(other);
			return this.init(this.ep.add(other.ep));
		}
		subtract(other) {
			this.assertSame(other);
			return this.init(this.ep.subtract(other.ep));
		}
		multiply(scalar) {
			return this.init(this.ep.multiply(scalar));
		}
		multiplyUnsafe(scalar) {
			return this.init(this.ep.multiplyUnsafe(scalar));
		}
		double() {
			return this.init(this.ep.double());
		}
		negate() {
			return this.init(this.ep.negate());
		}
		precompute(windowSize, isLazy) {
			this.ep.precompute(windowSize, isLazy);
			return this;
		}
	};
}));
// node_modules/@noble/curves/abstract/fft.js
function checkU32(n, title = "n") {
	if (typeof n !== "number") throw new TypeError(`wrong u32 integer "${title}": expected number, got type=${typeof n}`);
	if (!Number.isSafeInteger(n) || n < 0 || n > 4294967295) throw new RangeError(`wrong u32 integer "${title}": expected 0..4294967295, got ${n}`);
	return n;
}
/**
* Checks if integer is in form of `1 << X`.
* @param x - Integer to inspect.
* @returns `true` when the value is a power of two.
* @example
* Validate that an FFT size is a power of two.
*
* ```ts
* isPowerOfTwo(8);
* ```
*/
function isPowerOfTwo(x) {
	checkU32(x, "x");
	return (x & x - 1) === 0 && x !== 0;
}
/**
* @param n - Input value.
* @returns Next power of two within the u32/array-length domain.
* @throws If `n` is not a valid unsigned 32-bit integer. {@link Error}
* @example
* Round an integer up to the FFT size it needs.
*
* ```ts
* nextPowerOfTwo(9);
* ```
*/
function nextPowerOfTwo(n) {
	checkU32(n);
	if (n <= 1) return 1;
	if (n > 2147483648) throw new Error("nextPowerOfTwo overflow: result does not fit u32");
	return 1 << log2(n - 1) + 1 >>> 0;
}
/**
* Similar to `bitLen(x)-1` but much faster for small integers, like indices.
* @param n - Input value.
* @returns Base-2 logarithm. For `n = 0`, the current implementation returns `-1`.
* @example
* Compute the radix-2 stage count for one transform size.
*
* ```ts
* log2(8);
* ```
*/
function log2(n) {
	checkU32(n);
	return 31 - Math.clz32(n);
}
function poly(field, roots, create, fft, length) {
	validateField(field);
	const F = field;
	const _create = create || ((len, elm) => new Array(len).fill(elm ?? F.ZERO));
	const isPoly = (x) => {
		if (Array.isArray(x)) return true;
		if (!ArrayBuffer.isView(x)) return false;
		const v = x;
		return typeof v.length === "number" && typeof v.slice === "function" && typeof v[Symbol.iterator] === "function";
	};
	const checkPoly = (title, value) => {
		if (!isPoly(value)) throw new TypeError(`"${title}" expected polynomial, got type=${typeof value}`);
	};
	const checkLength = (a, b) => {
		checkPoly("a", a);
		const L = a.length;
		if (b !== void 0) {
			checkPoly("b", b);
			if (b.length !== L) throw new Error(`poly: mismatched lengths ${L} vs ${b.length}`);
		}
		if (length !== void 0 && L !== length) throw new Error(`poly: expected fixed length ${length}, got ${L}`);
		return L;
	};
	function findOmegaIndex(x, n, brp = false, weights) {
		if (!isPowerOfTwo(n)) throw new Error("poly.lagrange: expected power of two length, got " + n);
		const omega = weights || (brp ? roots.brp(log2(n)) : roots.roots(log2(n)));
		for (let i = 0; i < n; i++) if (F.eql(x, omega[i])) return i;
		return -1;
	}
	return {
		roots,
		create: _create,
		length,
		extend: (a, len) => {
			checkLength(a);
			const out = _create(len, F.ZERO);
			for (let i = 0; i < Math.min(a.length, len); i++) out[i] = a[i];
			return out;
		},
		degree: (a) => {
			checkLength(a);
			for (let i = a.length - 1; i >= 0; i--) if (!F.is0(a[i])) return i;
			return -1;
		},
		add: (a, b) => {
			const len = checkLength(a, b);
			const out = _create(len);
			for (let i = 0; i < len; i++) out[i] = F.add(a[i], b[i]);
			return out;
		},
		sub: (a, b) => {
			const len = checkLength(a, b);
			const out = _create(len);
			for (let i = 0; i < len; i++) out[i] = F.sub(a[i], b[i]);
			return out;
		},
		dot: (a, b) => {
			const len = checkLength(a, b);
			const out = _create(len);
			for (let i = 0; i < len; i++) out[i] = F.mul(a[i], b[i]);
			return out;
		},
		mul: (a, b) => {
			if (isPoly(b)) {
				const len = checkLength(a, b);
				if (fft) {
					const A = fft.direct(a, false, true);
					const B = fft.direct(b, false, true);
					for (let i = 0; i < A.length; i++) A[i] = F.mul(A[i], B[i]);
					return fft.inverse(A, true, false);
				} else {
					const res = _create(len);
					for (let i = 0; i < len; i++) for (let j = 0; j < len; j++) {
						const k = (i + j) % len;
						res[k] = F.add(res[k], F.mul(a[i], b[j]));
					}
					return res;
				}
			} else {
				const out = _create(checkLength(a));
				for (let i = 0; i < out.length; i++) out[i] = F.mul(a[i], b);
				return out;
			}
		},
		convolve(a, b) {
			checkPoly("a", a);
			checkPoly("b", b);
			const len = nextPowerOfTwo(a.length + b.length - 1);
			return this.mul(this.extend(a, len), this.extend(b, len));
		},
		shift(p, factor) {
			checkPoly("p", p);
			const out = _create(p.length);
			if (length !== void 0 && p.length !== length) throw new Error(`poly: expected fixed length ${length}, got ${p.length}`);
			if (!p.length) return out;
			out[0] = p[0];
			for (let i = 1, power = F.ONE; i < p.length; i++) {
				power = F.mul(power, factor);
				out[i] = F.mul(p[i], power);
			}
			return out;
		},
		clone: (a) => {
			checkLength(a);
			const out = _create(a.length);
			for (let i = 0; i < a.length; i++) out[i] = a[i];
			return out;
		},
		eval: (a, basis) => {
			checkLength(a, basis);
			let acc = F.ZERO;
			for (let i = 0; i < a.length; i++) acc = F.add(acc, F.mul(a[i], basis[i]));
			return acc;
		},
		monomial: {
			basis: (x, n) => {
				const out = _create(n);
				let pow = F.ONE;
				for (let i = 0; i < n; i++) {
					out[i] = pow;
					pow = F.mul(pow, x);
				}
				return out;
			},
			eval: (a, x) => {
				checkLength(a);
				let acc = F.ZERO;
				for (let i = a.length - 1; i >= 0; i--) acc = F.add(F.mul(acc, x), a[i]);
				return acc;
			}
		},
		lagrange: {
			basis: (x, n, brp = false, weights) => {
				if (!isPowerOfTwo(n)) throw new Error("poly.lagrange: expected power of two length, got " + n);
				const bits = log2(n);
				const cache = weights || (brp ? roots.brp(bits) : roots.roots(bits));
				const out = _create(n);
				const idx = findOmegaIndex(x, n, brp, weights);
				if (idx !== -1) {
					out[idx] = F.ONE;
					return out;
				}
				const tm = F.pow(x, BigInt(n));
				const c = F.mul(F.sub(tm, F.ONE), F.inv(BigInt(n)));
				const denom = _create(n);
				for (let i = 0; i < n; i++) denom[i] = F.sub(x, cache[i]);
				const inv = F.invertBatch(denom);
				for (let i = 0; i < n; i++) out[i] = F.mul(c, F.mul(cache[i], inv[i]));
				return out;
			},
			eval(a, x, brp = false) {
				checkLength(a);
				const idx = findOmegaIndex(x, a.length, brp);
				if (idx !== -1) return a[idx];
				const L = this.basis(x, a.length, brp);
				let acc = F.ZERO;
				for (let i = 0; i < a.length; i++) if (!F.is0(a[i])) acc = F.add(acc, F.mul(a[i], L[i]));
				return acc;
			}
		},
		vanishing(roots) {
			checkPoly("roots", roots);
			if (length !== void 0 && roots.length !== length) throw new Error(`poly: expected fixed length ${length}, got ${roots.length}`);
			const out = _create(roots.length + 1, F.ZERO);
			out[0] = F.ONE;
			for (const r of roots) {
				const neg = F.neg(r);
				for (let j = out.length - 1; j > 0; j--) out[j] = F.add(F.mul(out[j], neg), out[j - 1]);
				out[0] = F.mul(out[0], neg);
			}
			return out;
		}
	};
}
var init_fft = __esmMin((() => {
	init_modular();
}));
// node_modules/@noble/curves/abstract/hash-to-curve.js
function i2osp(value, length) {
	asafenumber(value);
	asafenumber(length);
	if (length < 0 || length > 4) throw new Error("invalid I2OSP length: " + length);
	if (value < 0 || value > 2 ** (8 * length) - 1) throw new Error("invalid I2OSP input: " + value);
	const res = Array.from({ length }).fill(0);
	for (let i = length - 1; i >= 0; i--) {
		res[i] = value & 255;
		value >>>= 8;
	}
	return new Uint8Array(res);
}
function strxor(a, b) {
	const arr = new Uint8Array(a.length);
	for (let i = 0; i < a.length; i++) arr[i] = a[i] ^ b[i];
	return arr;
}
function normDST(DST) {
	if (!isBytes$2(DST) && typeof DST !== "string") throw new Error("DST must be Uint8Array or ascii string");
	const dst = typeof DST === "string" ? asciiToBytes(DST) : DST;
	if (dst.length === 0) throw new Error("DST must be non-empty");
	return dst;
}
/**
* Produces a uniformly random byte string using a cryptographic hash
* function H that outputs b bits.
* See {@link https://www.rfc-editor.org/rfc/rfc9380#section-5.3.1 | RFC 9380 section 5.3.1}.
* @param msg - Input message.
* @param DST - Domain separation tag. This helper normalizes DST, rejects empty DSTs, and
*   oversize-hashes DST when needed.
* @param lenInBytes - Output length.
* @param H - Hash function.
* @returns Uniform byte string.
* @throws If the message, DST, hash, or output length is invalid. {@link Error}
* @example
* Expand one message into uniform bytes with the XMD construction.
*
* ```ts
* import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const uniform = expand_message_xmd(new TextEncoder().encode('hello noble'), 'DST', 32, sha256);
* ```
*/
function expand_message_xmd(msg, DST, lenInBytes, H) {
	abytes$2(msg);
	asafenumber(lenInBytes);
	if (typeof H !== "function") throw new Error("expand_message_xmd: expected hash function");
	asafenumber(H.outputLen, "hash.outputLen");
	asafenumber(H.blockLen, "hash.blockLen");
	DST = normDST(DST);
	if (DST.length > 255) DST = H(concatBytes(asciiToBytes("H2C-OVERSIZE-DST-"), DST));
	const { outputLen: b_in_bytes, blockLen: r_in_bytes } = H;
	const ell = Math.ceil(lenInBytes / b_in_bytes);
	if (lenInBytes > 65535 || ell > 255) throw new Error("expand_message_xmd: invalid lenInBytes");
	const DST_prime = concatBytes(DST, i2osp(DST.length, 1));
	const Z_pad = new Uint8Array(r_in_bytes);
	const l_i_b_str = i2osp(lenInBytes, 2);
	const b = new Array(ell);
	const b_0 = H(concatBytes(Z_pad, msg, l_i_b_str, i2osp(0, 1), DST_prime));
	b[0] = H(concatBytes(b_0, i2osp(1, 1), DST_prime));
	for (let i = 1; i < ell; i++) {
		const args = [
			strxor(b_0, b[i - 1]),
			i2osp(i + 1, 1),
			DST_prime
		];
		b[i] = H(concatBytes(...args));
	}
	return concatBytes(...b).slice(0, lenInBytes);
}
/**
* Produces a uniformly random byte string using an extendable-output function (XOF) H.
* 1. The collision resistance of H MUST be at least k bits.
* 2. H MUST be an XOF that has been proved indifferentiable from
*    a random oracle under a reasonable cryptographic assumption.
* See {@link https://www.rfc-editor.org/rfc/rfc9380#section-5.3.2 | RFC 9380 section 5.3.2}.
* @param msg - Input message.
* @param DST - Domain separation tag. This helper normalizes DST, rejects empty DSTs, and
*   oversize-hashes DST when needed.
* @param lenInBytes - Output length.
* @param k - Target security level.
* @param H - XOF hash function.
* @returns Uniform byte string.
* @throws If the message, DST, XOF, or output length is invalid. {@link Error}
* @example
* Expand one message into uniform bytes with the XOF construction.
*
* ```ts
* import { expand_message_xof } from '@noble/curves/abstract/hash-to-curve.js';
* import { shake256 } from '@noble/hashes/sha3.js';
* const uniform = expand_message_xof(
*   new TextEncoder().encode('hello noble'),
*   'DST',
*   32,
*   128,
*   shake256
* );
* ```
*/
function expand_message_xof(msg, DST, lenInBytes, k, H) {
	abytes$2(msg);
	asafenumber(lenInBytes);
	asafenumber(k, "k");
	if (k < 0) throw new Error("expand_message_xof: invalid k");
	if (typeof H !== "function") throw new Error("expand_message_xof: expected XOF function");
	if (typeof H.create !== "function") throw new Error("expand_message_xof: expected XOF create");
	DST = normDST(DST);
	if (lenInBytes < 0 || lenInBytes > 65535) throw new Error("expand_message_xof: invalid lenInBytes");
	if (DST.length > 255) {
		const dkLen = Math.ceil(2 * k / 8);
		DST = H.create({ dkLen }).update(asciiToBytes("H2C-OVERSIZE-DST-")).update(DST).digest();
	}
	if (DST.length > 255) throw new Error("expand_message_xof: invalid DST");
	return H.create({ dkLen: lenInBytes }).update(msg).update(i2osp(lenInBytes, 2)).update(DST).update(i2osp(DST.length, 1)).digest();
}
/**
* Hashes arbitrary-length byte strings to a list of one or more elements of a finite field F.
* See {@link https://www.rfc-editor.org/rfc/rfc9380#section-5.2 | RFC 9380 section 5.2}.
* @param msg - Input message bytes.
* @param count - Number of field elements to derive. Must be `>= 1`.
* @param options - RFC 9380 options. See {@link H2COpts}. `m` must be `>= 1`.
* @returns `[u_0, ..., u_(count - 1)]`, a list of field elements.
* @throws If the expander choice or RFC 9380 options are invalid. {@link Error}
* @example
* Hash one message into field elements before mapping it onto a curve.
*
* ```ts
* import { hash_to_field } from '@noble/curves/abstract/hash-to-curve.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const scalars = hash_to_field(new TextEncoder().encode('hello noble'), 2, {
*   DST: 'DST',
*   p: 17n,
*   m: 1,
*   k: 128,
*   expand: 'xmd',
*   hash: sha256,
* });
* ```
*/
function hash_to_field(msg, count, options) {
	validateObject$1(options, {
		p: "bigint",
		m: "number",
		k: "number",
		hash: "function"
	});
	const { p, k, m, hash, expand, DST } = options;
	asafenumber(hash.outputLen, "valid hash");
	abytes$2(msg);
	asafenumber(count);
	asafenumber(m, "m");
	asafenumber(k, "k");
	if (p <= BigInt(1)) throw new Error("hash_to_field: expected valid field characteristic");
	if (count < 1) throw new Error("hash_to_field: expected count >= 1");
	if (m < 1) throw new Error("hash_to_field: expected m >= 1");
	if (k < 0) throw new Error("hash_to_field: invalid k");
	const log2p = p.toString(2).length;
	const L = Math.ceil((log2p + k) / 8);
	const len_in_bytes = count * m * L;
	let prb;
	if (expand === "xmd") prb = expand_message_xmd(msg, DST, len_in_bytes, hash);
	else if (expand === "xof") prb = expand_message_xof(msg, DST, len_in_bytes, k, hash);
	else if (expand === "_internal_pass") prb = msg;
	else throw new Error("expand must be \"xmd\" or \"xof\"");
	const u = new Array(count);
	for (let i = 0; i < count; i++) {
		const e = new Array(m);
		for (let j = 0; j < m; j++) {
			const elm_offset = L * (j + i * m);
			const tv = prb.subarray(elm_offset, elm_offset + L);
			e[j] = mod$1(os2ip(tv), p);
		}
		u[i] = e;
	}
	return u;
}
/**
* Creates hash-to-curve methods from EC Point and mapToCurve function. See {@link H2CHasher}.
* @param Point - Point constructor.
* @param mapToCurve - Map-to-curve function.
* @param defaults - Default hash-to-curve options. A frozen detached snapshot is reused as the
*   shared defaults bundle for the returned helpers.
* @returns Hash-to-curve helper namespace.
* @throws If the map-to-curve callback or default hash-to-curve options are invalid. {@link Error}
* @example
* Bundle hash-to-curve, hash-to-scalar, and encode-to-curve helpers for one curve.
*
* ```ts
* import { createHasher } from '@noble/curves/abstract/hash-to-curve.js';
* import { p256 } from '@noble/curves/nist.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hasher = createHasher(p256.Point, () => p256.Point.BASE.toAffine(), {
*   DST: 'P256_XMD:SHA-256_SSWU_RO_',
*   encodeDST: 'P256_XMD:SHA-256_SSWU_NU_',
*   p: p256.Point.Fp.ORDER,
*   m: 1,
*   k: 128,
*   expand: 'xmd',
*   hash: sha256,
* });
* const point = hasher.encodeToCurve(new TextEncoder().encode('hello noble'));
* ```
*/
function createHasher$2(Point, mapToCurve, defaults) {
	if (typeof mapToCurve !== "function") throw new Error("mapToCurve() must be defined");
	validateObject$1(defaults);
	const snapshot = (src) => Object.freeze({
		...src,
		DST: isBytes$2(src.DST) ? copyBytes$1(src.DST) : src.DST,
		...src.encodeDST === void 0 ? {} : { encodeDST: isBytes$2(src.encodeDST) ? copyBytes$1(src.encodeDST) : src.encodeDST }
	});
	const safeDefaults = snapshot(defaults);
	const dstOverride = (options) => options && options.DST !== void 0 ? { DST: options.DST } : void 0;
	function map(num) {
		return Point.fromAffine(mapToCurve(num));
	}
	function clear(initial) {
		const P = initial.clearCofactor();
		if (P.equals(Point.ZERO)) return Point.ZERO;
		P.assertValidity();
		return P;
	}
	return Object.freeze({
		get defaults() {
			return snapshot(safeDefaults);
		},
		Point,
		hashToCurve(msg, options) {
			const u = hash_to_field(msg, 2, Object.assign({}, safeDefaults, dstOverride(options)));
			const u0 = map(u[0]);
			const u1 = map(u[1]);
			return clear(u0.add(u1));
		},
		encodeToCurve(msg, options) {
			const optsDst = safeDefaults.encodeDST === void 0 ? {} : { DST: safeDefaults.encodeDST };
			return clear(map(hash_to_field(msg, 1, Object.assign({}, safeDefaults, optsDst, dstOverride(options)))[0]));
		},
		/** See {@link H2CHasher} */
		mapToCurve(scalars) {
			if (safeDefaults.m === 1) {
				if (typeof scalars !== "bigint") throw new Error("expected bigint (m=1)");
				return clear(map([scalars]));
			}
			if (!Array.isArray(scalars)) throw new Error("expected array of bigints");
			if (scalars.length !== safeDefaults.m) throw new Error(`expected array of ${safeDefaults.m} bigints`);
			for (const i of scalars) if (typeof i !== "bigint") throw new Error("expected array of bigints");
			return clear(map(scalars));
		},
		hashToScalar(msg, options) {
			const N = Point.Fn.ORDER;
			return hash_to_field(msg, 1, Object.assign({}, safeDefaults, { DST: _DST_scalar }, dstOverride(options), {
				p: N,
				m: 1
			}))[0][0];
		}
	});
}
var os2ip, _DST_scalar;
var init_hash_to_curve = __esmMin((() => {
	init_utils();
	init_modular();
	os2ip = bytesToNumberBE;
	_DST_scalar = "HashToScalar-";
}));
// node_modules/@noble/curves/abstract/frost.js
/**
* Builds a FROST ciphersuite API from concrete curve and hash hooks.
* @param opts - Ciphersuite construction options. See {@link FrostOpts}.
* @returns FROST API bound to the supplied ciphersuite.
* @example
* Create a suite from a curve-specific option object.
* ```ts
* import { createFROST } from '@noble/curves/abstract/frost.js';
* import { ed25519 } from '@noble/curves/ed25519.js';
* import { sha512 } from '@noble/hashes/sha2.js';
* const frost = createFROST({
*   name: 'FROST-ED25519-SHA512-v1',
*   Point: ed25519.Point,
*   hash: sha512,
* });
* ```
*/
function createFROST(opts) {
	validateObject$1(opts, {
		name: "string",
		hash: "function"
	}, {
		hashToScalar: "function",
		validatePoint: "function",
		parsePublicKey: "function",
		adjustScalar: "function",
		adjustPoint: "function",
		challenge: "function",
		adjustNonces: "function",
		adjustSecret: "function",
		adjustPublic: "function",
		adjustGroupCommitmentShare: "function",
		adjustTx: "object",
		adjustDKG: "function"
	});
	validatePointCons(opts.Point);
	const { Point, validatePoint, parsePublicKey, adjustScalar, adjustPoint: adjustPointHook, challenge, adjustNonces, adjustSecret, adjustPublic, adjustGroupCommitmentShare, adjustDKG } = opts;
	const Fn = opts.Fn === void 0 ? Point.Fn : opts.Fn;
	const adjustTx = opts.adjustTx === void 0 ? void 0 : {
		encode: opts.adjustTx.encode,
		decode: opts.adjustTx.decode
	};
	if (adjustTx) validateObject$1(adjustTx, {
		encode: "function",
		decode: "function"
	});
	const hashBytes = opts.hash;
	const hashToScalar = opts.hashToScalar === void 0 ? (msg, opts = { DST: /* @__PURE__ */ new Uint8Array() }) => {
		const t = hashBytes(concatBytes(opts.DST, msg));
		return Fn.create(Fn.isLE ? bytesToNumberLE$1(t) : bytesToNumberBE(t));
	} : opts.hashToScalar;
	const H1Prefix = utf8ToBytes(opts.H1 !== void 0 ? opts.H1 : opts.name + "rho");
	const H2Prefix = utf8ToBytes(opts.H2 !== void 0 ? opts.H2 : opts.name + "chal");
	const H3Prefix = utf8ToBytes(opts.H3 !== void 0 ? opts.H3 : opts.name + "nonce");
	const H4Prefix = utf8ToBytes(opts.H4 !== void 0 ? opts.H4 : opts.name + "msg");
	const H5Prefix = utf8ToBytes(opts.H5 !== void 0 ? opts.H5 : opts.name + "com");
	const HDKGPrefix = utf8ToBytes(opts.HDKG !== void 0 ? opts.HDKG : opts.name + "dkg");
	const HIDPrefix = utf8ToBytes(opts.HID !== void 0 ? opts.HID : opts.name + "id");
	const H1 = (msg) => hashToScalar(msg, { DST: H1Prefix });
	const H2 = (msg) => hashToScalar(msg, { DST: H2Prefix });
	const H3 = (msg) => hashToScalar(msg, { DST: H3Prefix });
	const H4 = (msg) => hashBytes(concatBytes(H4Prefix, msg));
	const H5 = (msg) => hashBytes(concatBytes(H5Prefix, msg));
	const HDKG = (msg) => hashToScalar(msg, { DST: HDKGPrefix });
	const HID = (msg) => hashToScalar(msg, { DST: HIDPrefix });
	const randomScalar = (rng = randomBytes$1) => {
		if (typeof rng !== "function") throw new TypeError("\"rng\" expected function, got type=" + typeof rng);
		const t = mapHashToField(rng(getMinHashLength(Fn.ORDER)), Fn.ORDER, Fn.isLE);
		return Fn.isLE ? bytesToNumberLE$1(t) : bytesToNumberBE(t);
	};
	const serializePoint = (p) => p.toBytes();
	const validatePublicPoint = (p) => {
		p.assertValidity();
		if (p.is0()) throw new Error("invalid point: identity");
		if (!p.isTorsionFree()) throw new Error("bad point: not in prime-order subgroup");
		if (validatePoint) validatePoint(p);
		return p;
	};
	const parsePoint = (bytes) => validatePublicPoint(Point.fromBytes(bytes));
	const nonceCommitments = (identifier, nonces) => ({
		identifier,
		hiding: serializePoint(Point.BASE.multiply(Fn.fromBytes(nonces.hiding))),
		binding: serializePoint(Point.BASE.multiply(Fn.fromBytes(nonces.binding)))
	});
	const adjustPoint = adjustPointHook === void 0 ? (n) => n : adjustPointHook;
	const validateIdentifier = (n) => {
		if (!Fn.isValid(n) || Fn.is0(n)) throw new Error("Invalid identifier " + n);
		return n;
	};
	const serializeIdentifier = (id) => bytesToHex$1(Fn.toBytes(validateIdentifier(id)));
	const parseIdentifier = (id, title = "identifier") => {
		astring(id, title);
		const n = validateIdentifier(Fn.fromBytes(hexToBytes$1(id)));
		if (serializeIdentifier(n) !== id) throw new Error("expected canonical identifier hex");
		return n;
	};
	const copyRound1Package = (p) => ({
		identifier: serializeIdentifier(parseIdentifier(p.identifier)),
		commitment: p.commitment.map((c) => copyBytes$1(c)),
		proofOfKnowledge: copyBytes$1(p.proofOfKnowledge)
	});
	const canonicalRound1Packages = (packages) => {
		const snapshot = packages.map(copyRound1Package);
		snapshot.sort((a, b) => {
			const ai = parseIdentifier(a.identifier);
			const bi = parseIdentifier(b.identifier);
			return ai < bi ? -1 : ai > bi ? 1 : 0;
		});
		return snapshot;
	};
	const equalRound1Transcripts = (a, b) => {
		if (a.length !== b.length) return false;
		for (let i = 0; i < a.length; i++) {
			const p = a[i];
			const q = b[i];
			if (p.identifier !== q.identifier || p.commitment.length !== q.commitment.length) return false;
			for (let j = 0; j < p.commitment.length; j++) if (!equalBytes(p.commitment[j], q.commitment[j])) return false;
			if (!equalBytes(p.proofOfKnowledge, q.proofOfKnowledge)) return false;
		}
		return true;
	};
	const Signature = {
		encode: (R, z) => {
			let res = concatBytes(serializePoint(R), Fn.toBytes(z));
			if (adjustTx) res = adjustTx.encode(res);
			return res;
		},
		decode: (sig) => {
			if (adjustTx) sig = adjustTx.decode(sig);
			const Rbytes = sig.subarray(0, -Fn.BYTES);
			const R = parsePoint(Rbytes);
			if (serializePoint(R).length !== Rbytes.length) throw new Error("invalid signature encoding");
			return {
				R,
				z: Fn.fromBytes(sig.subarray(-Fn.BYTES))
			};
		}
	};
	const genPointScalarPair = (rng = randomBytes$1) => {
		let n = randomScalar(rng);
		if (adjustScalar) n = adjustScalar(n);
		let p = Point.BASE.multiply(n);
		return {
			scalar: n,
			point: p
		};
	};
	const nrErr = "roots are unavailable in FROST polynomial mode";
	const Poly = poly(Fn, {
		info: {
			G: Fn.ZERO,
			oddFactor: Fn.ZERO,
			powerOfTwo: 0
		},
		roots() {
			throw new Error(nrErr);
		},
		brp() {
			throw new Error(nrErr);
		},
		inverse() {
			throw new Error(nrErr);
		},
		omega() {
			throw new Error(nrErr);
		},
		clear() {}
	});
	const msm = (points, scalars) => mulAddUnsafe(Point, points, scalars);
	const polynomialEvaluate = (x, coeffs) => {
		if (!coeffs.length) throw new Error("empty coefficients");
		return Poly.monomial.eval(coeffs, x);
	};
	const deriveInterpolatingValue = (L, xi) => {
		const err = "invalid parameters";
		if (!L.some((x) => Fn.eql(x, xi))) throw new Error(err);
		const Lset = new Set(L);
		if (Lset.size !== L.length) throw new Error(err);
		if (!Lset.has(xi)) throw new Error(err);
		let num = Fn.ONE;
		let den = Fn.ONE;
		for (const x of L) {
			if (Fn.eql(x, xi)) continue;
			num = Fn.mul(num, x);
			den = Fn.mul(den, Fn.sub(x, xi));
		}
		return Fn.div(num, den);
	};
	const evalutateVSS = (identifier, commitment) => {
		const monomial = Poly.monomial.basis(identifier, commitment.length);
		return msm(commitment, monomial);
	};
	const generateSecretPolynomial = (signers, secret, coeffs, rng = randomBytes$1) => {
		validateSigners(signers);
		if (secret !== void 0) abytes$2(secret, Fn.BYTES, "secret");
		if (coeffs !== void 0) aarray(coeffs, "coeffs");
		if (typeof rng !== "function") throw new TypeError("\"rng\" expected function, got type=" + typeof rng);
		const secretScalar = secret === void 0 ? randomScalar(rng) : Fn.fromBytes(secret);
		if (!coeffs) {
			coeffs = [];
			for (let i = 0; i < signers.min - 1; i++) coeffs.push(randomScalar(rng));
		}
		if (coeffs.length !== signers.min - 1) throw new Error("wrong coefficients length");
		const coefficients = [secretScalar, ...coeffs];
		return {
			coefficients,
			commitment: coefficients.map((i) => Point.BASE.multiply(i)),
			secret: secretScalar
		};
	};
	const ProofOfKnowledge = {
		challenge: (id, verKey, R) => HDKG(concatBytes(Fn.toBytes(id), serializePoint(verKey), serializePoint(R))),
		compute(id, coefficents, commitments, rng = randomBytes$1) {
			if (coefficents.length < 1) throw new Error("coefficients should have at least one element");
			const { point: R, scalar: k } = genPointScalarPair(rng);
			const verKey = commitments[0];
			const c = this.challenge(id, verKey, R);
			const mu = Fn.add(k, Fn.mul(coefficents[0], c));
			return Signature.encode(R, mu);
		},
		validate(id, commitment, proof) {
			if (commitment.length < 1) throw new Error("commitment should have at least one element");
			const { R, z } = Signature.decode(proof);
			const phi = parsePoint(commitment[0]);
			const c = this.challenge(id, phi, R);
			if (!R.equals(Point.BASE.multiplyUnsafe(z).subtract(phi.multiplyUnsafe(c)))) throw new Error("invalid proof of knowledge");
		}
	};
	const Basic = {
		challenge: (R, PK, msg) => {
			if (challenge) return challenge(R, PK, msg);
			return H2(concatBytes(serializePoint(R), serializePoint(PK), msg));
		},
		sign(msg, sk, rng = randomBytes$1) {
			const { point: R, scalar: r } = genPointScalarPair(rng);
			const PK = Point.BASE.multiply(sk);
			const c = this.challenge(R, PK, msg);
			return [R, Fn.add(r, Fn.mul(c, sk))];
		},
		verify(msg, R, z, PK) {
			if (adjustPointHook) PK = adjustPointHook(PK);
			if (adjustPointHook) R = adjustPointHook(R);
			const c = this.challenge(R, PK, msg);
			const zB = Point.BASE.multiplyUnsafe(z);
			const cA = PK.multiplyUnsafe(c);
			let check = zB.subtract(cA).subtract(R);
			if (check.clearCofactor) check = check.clearCofactor();
			return Point.ZERO.equals(check);
		}
	};
	const validateSecretShare = (identifier, commitment, signingShare) => {
		if (!Point.BASE.multiply(signingShare).equals(evalutateVSS(identifier, commitment))) throw new Error("invalid secret share");
	};
	const Identifier = {
		fromNumber(n) {
			if (!Number.isSafeInteger(n)) throw new Error("expected safe interger");
			return serializeIdentifier(BigInt(n));
		},
		derive(s) {
			astring(s, "s");
			return serializeIdentifier(HID(utf8ToBytes(s)));
		}
	};
	const generateNonce = (secret, rng = randomBytes$1) => H3(concatBytes(rng(32), Fn.toBytes(secret)));
	const getGroupCommitment = (GPK, commitmentList, msg) => {
		const CL = commitmentList.map((i) => [
			i.identifier,
			parseIdentifier(i.identifier),
			parsePoint(i.hiding),
			parsePoint(i.binding)
		]);
		CL.sort((a, b) => a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
		const Cbytes = [];
		for (const [_, id, hC, bC] of CL) Cbytes.push(Fn.toBytes(id), serializePoint(hC), serializePoint(bC));
		const encodedCommitmentHash = H5(concatBytes(...Cbytes));
		const rhoPrefix = concatBytes(serializePoint(GPK), H4(msg), encodedCommitmentHash);
		const bindingFactors = {};
		for (const [i, id] of CL) bindingFactors[i] = H1(concatBytes(rhoPrefix, Fn.toBytes(id)));
		let hidingSum = Point.ZERO;
		const points = [];
		const scalars = [];
		for (const [i, _, hC, bC] of CL) {
			if (Point.ZERO.equals(hC) || Point.ZERO.equals(bC)) throw new Error("infinity commitment");
			hidingSum = hidingSum.add(hC);
			points.push(bC);
			scalars.push(bindingFactors[i]);
		}
		const groupCommitment = hidingSum.add(msm(points, scalars));
		return {
			identifiers: CL.map((i) => i[1]),
			groupCommitment,
			bindingFactors
		};
	};
	const prepareShare = (PK, commitmentList, msg, identifier) => {
		const GPK = adjustPoint(parsePoint(PK));
		const id = parseIdentifier(identifier);
		const { identifiers, groupCommitment, bindingFactors } = getGroupCommitment(GPK, commitmentList, msg);
		const bindingFactor = bindingFactors[identifier];
		return {
			lambda: deriveInterpolatingValue(identifiers, id),
			challenge: Basic.challenge(groupCommitment, GPK, msg),
			bindingFactor,
			groupCommitment
		};
	};
	Object.freeze(Identifier);
	const frost = {
		Identifier,
		DKG: Object.freeze({
			round1: (id, signers, secret, rng = randomBytes$1) => {
				const idNum = parseIdentifier(id, "id");
				validateSigners(signers);
				const { coefficients, commitment } = generateSecretPolynomial(signers, secret, void 0, rng);
				const proofOfKnowledge = ProofOfKnowledge.compute(idNum, coefficients, commitment, rng);
				const commitmentBytes = commitment.map(serializePoint);
				return {
					public: {
						identifier: serializeIdentifier(idNum),
						commitment: commitmentBytes,
						proofOfKnowledge
					},
					secret: {
						identifier: idNum,
						coefficients,
						commitment: commitment.map(serializePoint),
						signers: {
							min: signers.min,
							max: signers.max
						},
						step: 1
					}
				};
			},
			round2: (secret, others) => {
				validateObject$1(secret, {
					identifier: "bigint",
					commitment: "object",
					signers: "object"
				}, {
					coefficients: "object",
					round1Cache: "object",
					round2Cache: "object",
					step: "number"
				}, "secret");
				validateSigners(secret.signers, "secret.signers");
				aarray(others, "others");
				if (others.length !== secret.signers.max - 1) throw new Error("wrong number of round1 packages");
				if (!secret.coefficients || secret.step === 3) throw new Error("round3 package used in round2");
				const authenticatedRound1 = canonicalRound1Packages(others);
				if (secret.round2Cache !== void 0) {
					if (secret.round1Cache === void 0 || !equalRound1Transcripts(secret.round1Cache, authenticatedRound1)) throw new Error("round1 packages do not match authenticated transcript");
					return secret.round2Cache;
				}
				const res = {};
				for (const p of authenticatedRound1) {
					if (p.commitment.length !== secret.signers.min) throw new Error("wrong number of commitments");
					const id = parseIdentifier(p.identifier);
					if (id === secret.identifier) throw new Error("duplicate id=" + serializeIdentifier(id));
					ProofOfKnowledge.validate(id, p.commitment, p.proofOfKnowledge);
					for (const c of p.commitment) parsePoint(c);
					if (res[p.identifier]) throw new Error("Duplicate id=" + id);
					const signingShare = Fn.toBytes(polynomialEvaluate(id, secret.coefficients));
					res[p.identifier] = {
						identifier: serializeIdentifier(secret.identifier),
						signingShare
					};
				}
				secret.round1Cache = authenticatedRound1;
				secret.round2Cache = res;
				secret.step = 2;
				return res;
			},
			round3: (secret, round1, round2) => {
				validateObject$1(secret, {
					identifier: "bigint",
					commitment: "object",
					signers: "object"
				}, {
					coefficients: "object",
					round1Cache: "object",
					round2Cache: "object",
					step: "number"
				}, "secret");
				validateSigners(secret.signers, "secret.signers");
				aarray(round1, "round1");
				aarray(round2, "round2");
				if (round1.length !== secret.signers.max - 1) throw new Error("wrong length of round1 packages");
				if (!secret.coefficients || secret.step !== 2 || !secret.round1Cache) throw new Error("round2 package used in round3");
				const suppliedRound1 = canonicalRound1Packages(round1);
				const authenticatedRound1 = secret.round1Cache;
				if (!equalRound1Transcripts(authenticatedRound1, suppliedRound1)) throw new Error("round1 packages do not match authenticated transcript");
				if (round2.length !== authenticatedRound1.length) throw new Error("wrong length of round2 packages");
				const merged = {};
				for (const r1 of authenticatedRound1) {
					if (!r1.identifier || !r1.commitment) throw new Error("wrong round1 share");
					merged[r1.identifier] = { ...r1 };
				}
				for (const r2 of round2) {
					if (!r2.identifier || !r2.signingShare) throw new Error("wrong round2 share");
					if (!merged[r2.identifier]) throw new Error("round1 share for " + r2.identifier + " is missing");
					merged[r2.identifier].signingShare = r2.signingShare;
				}
				if (Object.keys(merged).length !== authenticatedRound1.length) throw new Error("mismatch identifiers between rounds");
				let signingShare = Fn.ZERO;
				if (secret.commitment.length !== secret.signers.min) throw new Error("wrong commitments length");
				const localCommitment = secret.commitment.map(parsePoint);
				const localShare = polynomialEvaluate(secret.identifier, secret.coefficients);
				validateSecretShare(secret.identifier, localCommitment, localShare);
				const localCommitmentBytes = localCommitment.map(serializePoint);
				const commitments = { [serializeIdentifier(secret.identifier)]: localCommitmentBytes };
				for (const k in merged) {
					const v = merged[k];
					if (!v.signingShare || !v.commitment) throw new Error("mismatch identifiers");
					const id = parseIdentifier(k);
					const signingSharePart = Fn.fromBytes(v.signingShare);
					const commitment = v.commitment.map(parsePoint);
					validateSecretShare(secret.identifier, commitment, signingSharePart);
					signingShare = Fn.add(signingShare, signingSharePart);
					const idSer = serializeIdentifier(id);
					if (commitments[idSer]) throw new Error("duplicated id=" + idSer);
					commitments[idSer] = v.commitment;
				}
				signingShare = Fn.add(signingShare, localShare);
				const mergedCommitment = new Array(secret.signers.min).fill(Point.ZERO);
				for (const k in commitments) {
					const v = commitments[k];
					if (v.length !== secret.signers.min) throw new Error("wrong commitments length");
					for (let i = 0; i < v.length; i++) mergedCommitment[i] = mergedCommitment[i].add(parsePoint(v[i]));
				}
				const mergedCommitmentBytes = mergedCommitment.map(serializePoint);
				const verifyingShares = {};
				for (const k in commitments) verifyingShares[k] = serializePoint(evalutateVSS(parseIdentifier(k), mergedCommitment));
				let res = {
					public: {
						signers: {
							min: secret.signers.min,
							max: secret.signers.max
						},
						commitments: mergedCommitmentBytes,
						verifyingShares: Object.fromEntries(Object.entries(verifyingShares).map(([k, v]) => [k, v.slice()]))
					},
					secret: {
						identifier: serializeIdentifier(secret.identifier),
						signingShare: Fn.toBytes(signingShare)
					}
				};
				if (adjustDKG) res = adjustDKG(res);
				for (let i = 0; i < secret.coefficients.length; i++) secret.coefficients[i] -= secret.coefficients[i];
				delete secret.coefficients;
				delete secret.round1Cache;
				delete secret.round2Cache;
				secret.step = 3;
				return res;
			},
			clean(secret) {
				validateObject$1(secret, {
					identifier: "bigint",
					commitment: "object",
					signers: "object"
				}, {
					coefficients: "object",
					round1Cache: "object",
					round2Cache: "object",
					step: "number"
				}, "secret");
				secret.identifier -= secret.identifier;
				if (secret.coefficients) for (let i = 0; i < secret.coefficients.length; i++) secret.coefficients[i] -= secret.coefficients[i];
				delete secret.round1Cache;
				delete secret.round2Cache;
				secret.step = 3;
			}
		}),
		trustedDealer(signers, identifiers, secret, rng = randomBytes$1) {
			validateSigners(signers);
			if (identifiers === void 0) {
				identifiers = [];
				for (let i = 1; i <= signers.max; i++) identifiers.push(Identifier.fromNumber(i));
			} else {
				aarray(identifiers, "identifiers");
				if (identifiers.length !== signers.max) throw new Error("identifiers should be array of " + signers.max);
			}
			const identifierNums = {};
			for (const id of identifiers) {
				const idNum = parseIdentifier(id);
				if (id in identifierNums) throw new Error("duplicated id=" + id);
				identifierNums[id] = idNum;
			}
			const sp = generateSecretPolynomial(signers, secret, void 0, rng);
			const commitmentBytes = sp.commitment.map(serializePoint);
			const secretShares = {};
			const verifyingShares = {};
			for (const id of identifiers) {
				const signingShare = polynomialEvaluate(identifierNums[id], sp.coefficients);
				verifyingShares[id] = serializePoint(Point.BASE.multiply(signingShare));
				secretShares[id] = {
					identifier: id,
					signingShare: Fn.toBytes(signingShare)
				};
			}
			return {
				public: {
					signers: {
						min: signers.min,
						max: signers.max
					},
					commitments: commitmentBytes,
					verifyingShares
				},
				secretShares
			};
		},
		validateSecret(secret, pub) {
			validateObject$1(secret, {
				identifier: "string",
				signingShare: "object"
			}, {}, "secret");
			abytes$2(secret.signingShare, Fn.BYTES, "secret.signingShare");
			validateObject$1(pub, {
				signers: "object",
				commitments: "object",
				verifyingShares: "object"
			}, {}, "pub");
			validateSigners(pub.signers, "pub.signers");
			aarray(pub.commitments, "pub.commitments");
			const id = parseIdentifier(secret.identifier);
			const commitment = pub.commitments.map(parsePoint);
			const signingShare = Fn.fromBytes(secret.signingShare);
			validateSecretShare(id, commitment, signingShare);
		},
		commit(secret, rng = randomBytes$1) {
			validateObject$1(secret, {
				identifier: "string",
				signingShare: "object"
			}, {}, "secret");
			abytes$2(secret.signingShare, Fn.BYTES, "secret.signingShare");
			if (typeof rng !== "function") throw new TypeError("\"rng\" expected function, got type=" + typeof rng);
			const secretScalar = Fn.fromBytes(secret.signingShare);
			const hiding = generateNonce(secretScalar, rng);
			const binding = generateNonce(secretScalar, rng);
			const nonces = {
				hiding: Fn.toBytes(hiding),
				binding: Fn.toBytes(binding)
			};
			return {
				nonces,
				commitments: nonceCommitments(secret.identifier, nonces)
			};
		},
		signShare(secret, pub, nonces, commitmentList, msg) {
			validateObject$1(secret, {
				identifier: "string",
				signingShare: "object"
			}, {}, "secret");
			abytes$2(secret.signingShare, Fn.BYTES, "secret.signingShare");
			validateObject$1(pub, {
				signers: "object",
				commitments: "object",
				verifyingShares: "object"
			}, {}, "pub");
			validateSigners(pub.signers, "pub.signers");
			aarray(pub.commitments, "pub.commitments");
			validateObject$1(nonces, {
				hiding: "object",
				binding: "object"
			}, {}, "nonces");
			abytes$2(nonces.hiding, Fn.BYTES, "nonces.hiding");
			abytes$2(nonces.binding, Fn.BYTES, "nonces.binding");
			aarray(commitmentList, "commitmentList");
			abytes$2(msg, void 0, "msg");
			validateCommitmentsNum(pub.signers, commitmentList.length);
			const hidingNonce0 = Fn.fromBytes(nonces.hiding);
			const bindingNonce0 = Fn.fromBytes(nonces.binding);
			if (Fn.is0(hidingNonce0) || Fn.is0(bindingNonce0)) throw new Error("signing nonces already used");
			const expectedCommitment = {
				identifier: secret.identifier,
				hiding: serializePoint(Point.BASE.multiply(hidingNonce0)),
				binding: serializePoint(Point.BASE.multiply(bindingNonce0))
			};
			const commitment = commitmentList.find((i) => i.identifier === secret.identifier);
			if (!commitment) throw new Error("missing signer commitment");
			if (bytesToHex$1(commitment.hiding) !== bytesToHex$1(expectedCommitment.hiding) || bytesToHex$1(commitment.binding) !== bytesToHex$1(expectedCommitment.binding)) throw new Error("incorrect signer commitment");
			if (adjustSecret) secret = adjustSecret(secret, pub);
			if (adjustPublic) pub = adjustPublic(pub);
			const SK = Fn.fromBytes(secret.signingShare);
			const { lambda, challenge, bindingFactor, groupCommitment } = prepareShare(pub.commitments[0], commitmentList, msg, secret.identifier);
			const N = adjustNonces ? adjustNonces(groupCommitment, nonces) : nonces;
			const hidingNonce = adjustNonces ? Fn.fromBytes(N.hiding) : hidingNonce0;
			const bindingNonce = adjustNonces ? Fn.fromBytes(N.binding) : bindingNonce0;
			const t = Fn.mul(Fn.mul(lambda, SK), challenge);
			const t2 = Fn.mul(bindingNonce, bindingFactor);
			const r = Fn.toBytes(Fn.add(Fn.add(hidingNonce, t2), t));
			nonces.hiding.fill(0);
			nonces.binding.fill(0);
			return r;
		},
		verifyShare(pub, commitmentList, msg, identifier, sigShare) {
			validateObject$1(pub, {
				signers: "object",
				commitments: "object",
				verifyingShares: "object"
			}, {}, "pub");
			validateSigners(pub.signers, "pub.signers");
			aarray(pub.commitments, "pub.commitments");
			aarray(commitmentList, "commitmentList");
			abytes$2(msg, void 0, "msg");
			parseIdentifier(identifier);
			abytes$2(sigShare, Fn.BYTES, "sigShare");
			if (adjustPublic) pub = adjustPublic(pub);
			const comm = commitmentList.find((i) => i.identifier === identifier);
			if (!comm) throw new Error("cannot find identifier commitment");
			const PK = parsePoint(pub.verifyingShares[identifier]);
			const hidingNonceCommitment = parsePoint(comm.hiding);
			const bindingNonceCommitment = parsePoint(comm.binding);
			const { lambda, challenge, bindingFactor, groupCommitment } = prepareShare(pub.commitments[0], commitmentList, msg, identifier);
			let commShare = hidingNonceCommitment.add(bindingNonceCommitment.multiplyUnsafe(bindingFactor));
			if (adjustGroupCommitmentShare) commShare = adjustGroupCommitmentShare(groupCommitment, commShare);
			const l = Point.BASE.multiplyUnsafe(Fn.fromBytes(sigShare));
			const r = commShare.add(PK.multiplyUnsafe(Fn.mul(challenge, lambda)));
			return l.equals(r);
		},
		aggregate(pub, commitmentList, msg, sigShares) {
			validateObject$1(pub, {
				signers: "object",
				commitments: "object",
				verifyingShares: "object"
			}, {}, "pub");
			validateSigners(pub.signers, "pub.signers");
			aarray(pub.commitments, "pub.commitments");
			aarray(commitmentList, "commitmentList");
			abytes$2(msg, void 0, "msg");
			validateObject$1(sigShares, {}, {}, "sigShares");
			const rawPub = pub;
			if (adjustPublic) pub = adjustPublic(pub);
			try {
				validateCommitmentsNum(pub.signers, commitmentList.length);
			} catch {
				throw new AggErr("aggregation failed", []);
			}
			const ids = commitmentList.map((i) => i.identifier);
			const seen = /* @__PURE__ */ new Set();
			for (const id of ids) {
				if (seen.has(id)) throw new AggErr("aggregation failed", []);
				seen.add(id);
			}
			if (ids.length !== Object.keys(sigShares).length) throw new AggErr("aggregation failed", []);
			for (const id of ids) if (!(id in sigShares) || !(id in pub.verifyingShares)) throw new AggErr("aggregation failed", []);
			const GPK = parsePoint(pub.commitments[0]);
			const { groupCommitment } = getGroupCommitment(GPK, commitmentList, msg);
			let z = Fn.ZERO;
			for (const id of ids) z = Fn.add(z, Fn.fromBytes(sigShares[id]));
			if (!Basic.verify(msg, groupCommitment, z, GPK)) {
				const cheaters = [];
				for (const id of ids) if (!this.verifyShare(rawPub, commitmentList, msg, id, sigShares[id])) cheaters.push(id);
				throw new AggErr("aggregation failed", cheaters);
			}
			return Signature.encode(groupCommitment, z);
		},
		sign(msg, secretKey) {
			let sk = Fn.fromBytes(secretKey);
			if (adjustScalar) sk = adjustScalar(sk);
			const [R, z] = Basic.sign(msg, sk);
			return Signature.encode(R, z);
		},
		verify(sig, msg, publicKey) {
			const PK = parsePublicKey ? validatePublicPoint(parsePublicKey(publicKey)) : parsePoint(publicKey);
			const { R, z } = Signature.decode(sig);
			return Basic.verify(msg, R, z, PK);
		},
		combineSecret(shares, signers) {
			aarray(shares, "shares");
			validateSigners(signers);
			if (shares.length < signers.min || shares.length > signers.max) throw new Error("wrong secret shares array");
			const points = [];
			const seen = {};
			for (const s of shares) {
				const idNum = parseIdentifier(s.identifier);
				const id = serializeIdentifier(idNum);
				if (seen[id]) throw new Error("duplicated id=" + id);
				seen[id] = true;
				points.push([idNum, Fn.fromBytes(s.signingShare)]);
			}
			const xCoords = points.map(([x]) => x);
			let res = Fn.ZERO;
			for (const [x, y] of points) res = Fn.add(res, Fn.mul(y, deriveInterpolatingValue(xCoords, x)));
			return Fn.toBytes(res);
		},
		utils: Object.freeze({
			Fn,
			randomScalar: (rng = randomBytes$1) => Fn.toBytes(genPointScalarPair(rng).scalar),
			generateSecretPolynomial: (signers, secret, coeffs, rng) => {
				const res = generateSecretPolynomial(signers, secret, coeffs, rng);
				return {
					...res,
					commitment: res.commitment.map(serializePoint)
				};
			}
		})
	};
	return Object.freeze(frost);
}
var validateSigners, validateCommitmentsNum, AggErr;
var init_frost = __esmMin((() => {
	init_utils$1();
	init_utils();
	init_curve();
	init_fft();
	init_modular();
	validateSigners = (signers, title = "signers") => {
		validateObject$1(signers, {
			min: "number",
			max: "number"
		}, {}, title);
		asafenumber(signers.min, title + ".min");
		asafenumber(signers.max, title + ".max");
		if (signers.min < 2 || signers.max < 2 || signers.min > signers.max) throw new Error("Wrong signers info: min=" + signers.min + " max=" + signers.max);
	};
	validateCommitmentsNum = (signers, len) => {
		if (len < signers.min || len > signers.max) throw new Error("Wrong number of commitments=" + len);
	};
	AggErr = class extends Error {
		cheaters;
		constructor(msg, cheaters) {
			super(msg);
			this.cheaters = cheaters;
		}
	};
}));
// node_modules/@noble/curves/abstract/montgomery.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/**
* Selector for cswap(): `P` to keep, `P + 1` to swap, chosen by the low bit of `swap`.
* Higher bits are ignored, and `swap` is passed in whole rather than as a {0n, 1n} bit on
* purpose: `P + (swap & _1n)` would short-circuit the addition whenever the bit is clear, which
* is the very leak this construction avoids, one round-trip further down. Subtracting `swap`
* with its low bit cleared keeps every operand full-width instead.
* @param P - Field modulus.
* @param swap - Value whose low bit selects; ignored above that bit.
* @returns `P` when the low bit is clear, `P + 1` when it is set.
*/
function cmask(P, swap) {
	return P + swap - (swap >> _1n$3 << _1n$3);
}
/**
* Swap two field elements when `mask` is `P + 1`, keep them when it is `P`:
*
*   d    = 6P + x_3 - x_2
*   x_2' = d * mask + x_2   (mod P)      x_3' = (x_2 + x_3) - x_2'
*
* The extra `6P * mask` vanishes modulo P, so `mask === P` leaves x_2 and `mask === P + 1`
* leaves x_3. Without the offset, the reduction dividend changes sign with input order and crosses
* BigInt limb boundaries; those classes measured differently on the tested Node/V8 build. For
* canonical inputs, the deliberately left-associative `offset + x_3 - x_2` is between 5P and 7P,
* keeping the dividend positive and in one word-count band for both RFC fields and masks. Six is
* the smallest coefficient `c` for which the shared offset `cP` has that property.
*
* This reduced the tested sign/size timing ratios, but JavaScript BigInt has no constant-time
* contract and the contents of the multiply and remainder still vary. Valid ladder states can
* contain genuine zero coordinates; this construction does not mask those value-shape effects.
* Computing `x_3'` independently as `((6P + x_2 - x_3) * mask + x_3) % P` is more symmetric.
* On the tested Node/V8 build, it reduced the timing difference between keeping `(0, v)` and
* swapping `(v, 0)`—both return `(0, v)`—from about 10%/13% for X25519/X448 to about 3%.
* Successful calls cannot reach that zero-in-the-first-output case. For the case they can reach,
* swapping `(0, v)` and keeping `(v, 0)` both return `(v, 0)`; the difference instead grew from
* about 0.7%/1.1% to 2.7%/2.8%. The extra multiply/remainder also made public
* `getSharedSecret()` about 16% slower. The retained one-remainder form measured about 2.5%
* slower than the prior helper for public X25519 `getSharedSecret()` in the same environment.
* x_3' falls out of the sum, which a swap leaves invariant: no second multiply or reduction is
* needed. Bind `6P` once per field so production and the timing regression exercise the same
* configured helper without paying for the multiplication in every ladder round.
*
* The returned function is called twice per ladder round, so it validates nothing. Both elements
* MUST already be reduced mod P; unreduced input silently corrupts the kept-side output.
* @param P - Field modulus.
* @returns A field-bound swap function taking mask, x_2, and x_3.
*/
function cswap(P) {
	const offset = BigInt(6) * P;
	return (mask, x_2, x_3) => {
		const sum = x_2 + x_3;
		const a = ((offset + x_3 - x_2) * mask + x_2) % P;
		return {
			x_2: a,
			x_3: sum - a
		};
	};
}
function validateOpts$1(curve) {
	validateObject$1(curve, {
		P: "bigint",
		type: "string",
		adjustScalarBytes: "function",
		powPminus2: "function"
	}, {
		randomBytes: "function",
		scalarMultBase: "function"
	});
	return Object.freeze({ ...curve });
}
/**
* @param curveDef - Montgomery curve definition.
* @returns ECDH helper namespace.
* @throws If the curve definition or derived shared point is invalid. {@link Error}
* @example
* Build an X25519 helper from curve parameters, then derive one public key.
*
* ```ts
* import { montgomery } from '@noble/curves/abstract/montgomery.js';
* const P = 2n ** 255n - 19n;
* const mod = (num: bigint) => {
*   const out = num % P;
*   return out >= 0n ? out : out + P;
* };
* const pow = (num: bigint, power: bigint) => {
*   let res = 1n;
*   for (; power > 0n; power >>= 1n) {
*     if (power & 1n) res = mod(res * num);
*     num = mod(num * num);
*   }
*   return res;
* };
* const x25519 = montgomery({
*   P,
*   type: 'x25519',
*   adjustScalarBytes(bytes: Uint8Array) {
*     bytes[0] &= 248;
*     bytes[31] &= 127;
*     bytes[31] |= 64;
*     return bytes;
*   },
*   powPminus2(x) {
*     return pow(x, P - 2n);
*   },
* });
* const publicKey = x25519.getPublicKey(new Uint8Array(32).fill(1));
* ```
*/
function montgomery$1(curveDef) {
	const CURVE = validateOpts$1(curveDef);
	const { P, type, adjustScalarBytes, powPminus2, randomBytes: rand } = CURVE;
	const mulBaseHook = CURVE.scalarMultBase;
	const is25519 = type === "x25519";
	if (!is25519 && type !== "x448") throw new Error("invalid type");
	const randomBytes_ = rand === void 0 ? randomBytes$1 : rand;
	const montgomeryBits = is25519 ? 255 : 448;
	const swap = cswap(P);
	const fieldLen = is25519 ? 32 : 56;
	const Gu = is25519 ? BigInt(9) : BigInt(5);
	const a24 = is25519 ? BigInt(121665) : BigInt(39081);
	const minScalar = is25519 ? _2n$3 ** BigInt(254) : _2n$3 ** BigInt(447);
	const maxScalar = minScalar + (is25519 ? BigInt(8) * (_2n$3 ** BigInt(251) - _1n$3) : BigInt(4) * (_2n$3 ** BigInt(445) - _1n$3)) + _1n$3;
	const modP = (n) => mod$1(n, P);
	const GuBytes = encodeU(Gu);
	function encodeU(u) {
		return numberToBytesLE$1(modP(u), fieldLen);
	}
	function decodeU(u) {
		const _u = copyBytes$1(abytes$2(u, fieldLen, "uCoordinate"));
		if (is25519) _u[31] &= 127;
		return modP(bytesToNumberLE$1(_u));
	}
	function decodeScalar(scalar) {
		return bytesToNumberLE$1(adjustScalarBytes(copyBytes$1(abytes$2(scalar, fieldLen, "scalar"))));
	}
	/**
	* u coordinates whose order divides the cofactor, on the curve and on its quadratic twist -
	* the ladder sends every one of them to zero. Same blocklist libsodium and post-CVE-2017-0379
	* Libgcrypt carry. decodeU() reduces mod P first, so the non-canonical encodings P and P + 1
	* collapse onto 0 and 1, and `type` admits no curve beyond these two, so both lists are total.
	*
	* Complete by construction: x-only doubling sends u to (u^2 - 1)^2 / 4u(u^2 + a*u + 1). Order 4
	* therefore needs (u^2 - 1)^2 === 0, i.e. u = +-1; order 2 needs u(u^2 + a*u + 1) === 0, and
	* a^2 - 4 is a non-residue on both curves, leaving u = 0. curve448 stops there (cofactor 4);
	* curve25519 (cofactor 8) adds the two order-8 roots below. Cross-checked by clearing the
	* cofactor with those same doublings over 200k random u: no sixth value exists.
	*/
	const lowOrderU = new Set(is25519 ? [
		_0n$2,
		_1n$3,
		P - _1n$3,
		BigInt("325606250916557431795983626356110631294008115727848805560023387167927233504"),
		BigInt("39382357235489614581723060781553021112529911719440698176882885853963445705823")
	] : [
		_0n$2,
		_1n$3,
		P - _1n$3
	]);
	function scalarMult(scalar, u) {
		const pointU = decodeU(u);
		if (lowOrderU.has(pointU)) throw new Error("invalid private or public key received");
		const pu = montgomeryLadder(pointU, decodeScalar(scalar));
		if (pu === _0n$2) throw new Error("invalid private or public key received");
		return encodeU(pu);
	}
	function scalarMultBase(scalar) {
		if (mulBaseHook === void 0) return scalarMult(scalar, GuBytes);
		const k = decodeScalar(scalar);
		aInRange$1("scalar", k, minScalar, maxScalar);
		const pu = modP(mulBaseHook(k));
		if (pu === _0n$2) throw new Error("invalid private or public key received");
		return encodeU(pu);
	}
	const getPublicKey = scalarMultBase;
	const getSharedSecret = scalarMult;
	/**
	* Montgomery x-only multiplication ladder for the selected X25519/X448 curve.
	* @param pointU - decoded Montgomery u coordinate for the selected curve
	* @param scalar - decoded clamped scalar by which the point is multiplied
	* @returns resulting Montgomery u coordinate for the selected curve
	*/
	function montgomeryLadder(u, scalar) {
		aInRange$1("u", u, _0n$2, P);
		aInRange$1("scalar", scalar, minScalar, maxScalar);
		const k = scalar;
		const x_1 = u;
		let x_2 = _1n$3;
		let z_2 = _0n$2;
		let x_3 = u;
		let z_3 = _1n$3;
		const kx = k ^ k >> _1n$3;
		for (let t = BigInt(montgomeryBits - 1); t >= _0n$2; t--) {
			const mask = cmask(P, kx >> t);
			({x_2, x_3} = swap(mask, x_2, x_3));
			({x_2: z_2, x_3: z_3} = swap(mask, z_2, z_3));
			const A = x_2 + z_2;
			const AA = modP(A * A);
			const B = x_2 - z_2;
			const BB = modP(B * B);
			const E = AA - BB;
			const C = x_3 + z_3;
			const D = x_3 - z_3;
			const DA = modP(D * A);
			const CB = modP(C * B);
			const dacb = DA + CB;
			const da_cb = DA - CB;
			x_3 = modP(dacb * dacb);
			z_3 = modP(x_1 * modP(da_cb * da_cb));
			x_2 = modP(AA * BB);
			z_2 = modP(E * (AA + modP(a24 * E)));
		}
		const mask = cmask(P, k);
		({x_2, x_3} = swap(mask, x_2, x_3));
		({x_2: z_2, x_3: z_3} = swap(mask, z_2, z_3));
		const z2 = powPminus2(z_2);
		return modP(x_2 * z2);
	}
	const lengths = {
		secretKey: fieldLen,
		publicKey: fieldLen,
		seed: fieldLen
	};
	const randomSecretKey = (seed) => {
		seed = seed === void 0 ? randomBytes_(fieldLen) : seed;
		abytes$2(seed, lengths.seed, "seed");
		return seed;
	};
	const utils = { randomSecretKey };
	Object.freeze(lengths);
	Object.freeze(utils);
	return Object.freeze({
		keygen: createKeygen$1(randomSecretKey, getPublicKey),
		getSharedSecret,
		getPublicKey,
		scalarMult,
		scalarMultBase,
		utils,
		GuBytes: GuBytes.slice(),
		lengths
	});
}
var _0n$2, _1n$3, _2n$3;
var init_montgomery = __esmMin((() => {
	init_utils();
	init_curve();
	init_modular();
	_0n$2 = /* @__PURE__ */ BigInt(0);
	_1n$3 = /* @__PURE__ */ BigInt(1);
	_2n$3 = /* @__PURE__ */ BigInt(2);
}));
// node_modules/@noble/curves/abstract/oprf.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/**
* @param opts - OPRF ciphersuite options. See {@link OPRFOpts}.
* @returns OPRF helper namespace.
* @example
* Instantiate an OPRF suite from curve-specific hashing hooks.
*
* ```ts
* import { createOPRF } from '@noble/curves/abstract/oprf.js';
* import { p256, p256_hasher } from '@noble/curves/nist.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const oprf = createOPRF({
*   name: 'P256-SHA256',
*   Point: p256.Point,
*   hash: sha256,
*   hashToGroup: p256_hasher.hashToCurve,
*   hashToScalar: p256_hasher.hashToScalar,
* });
* const keys = oprf.oprf.generateKeyPair();
* ```
*/
function createOPRF(opts) {
	validateObject$1(opts, {
		name: "string",
		hash: "function",
		hashToScalar: "function",
		hashToGroup: "function"
	});
	validatePointCons(opts.Point);
	const { name, Point, hash, hashToGroup: hashToGroupHook, hashToScalar } = opts;
	const { Fn } = Point;
	const invertSecret = (value) => invertCt(value, Fn.ORDER);
	const hashToGroup = (msg, ctx) => hashToGroupHook(msg, { DST: concatBytes(asciiToBytes("HashToGroup-"), ctx) });
	const hashToScalarPrefixed = (msg, ctx) => hashToScalar(msg, { DST: concatBytes(_DST_scalarBytes, ctx) });
	const randomScalar = (rng = randomBytes$1) => {
		if (typeof rng !== "function") throw new TypeError("\"rng\" expected function, got type=" + typeof rng);
		const t = mapHashToField(rng(getMinHashLength(Fn.ORDER)), Fn.ORDER, Fn.isLE);
		return Fn.isLE ? bytesToNumberLE$1(t) : bytesToNumberBE(t);
	};
	const msm = (points, scalars) => mulAddUnsafe(Point, points, scalars);
	const getCtx = (mode) => concatBytes(asciiToBytes("OPRFV1-"), new Uint8Array([mode]), asciiToBytes("-" + name));
	const ctxOPRF = getCtx(0);
	const ctxVOPRF = getCtx(1);
	const ctxPOPRF = getCtx(2);
	function encode(...args) {
		const res = [];
		for (const a of args) if (typeof a === "number") res.push(numberToBytesBE$1(a, 2));
		else if (typeof a === "string") res.push(asciiToBytes(a));
		else {
			abytes$2(a);
			res.push(numberToBytesBE$1(a.length, 2), a);
		}
		return concatBytes(...res);
	}
	const inputBytes = (title, bytes) => {
		abytes$2(bytes, void 0, title);
		if (bytes.length > 65535) throw new Error(`"${title}" expected Uint8Array of length <= 65535, got length=${bytes.length}`);
		return bytes;
	};
	const hashInput = (...bytes) => hash(encode(...bytes, "Finalize"));
	function getTranscripts(B, C, D, ctx) {
		const Bm = B.toBytes();
		const seed = hash(encode(Bm, concatBytes(asciiToBytes("Seed-"), ctx)));
		const res = [];
		for (let i = 0; i < C.length; i++) {
			const Ci = C[i].toBytes();
			const Di = D[i].toBytes();
			const di = hashToScalarPrefixed(encode(seed, i, Ci, Di, "Composite"), ctx);
			res.push(di);
		}
		return res;
	}
	function computeComposites(B, C, D, ctx) {
		const T = getTranscripts(B, C, D, ctx);
		return {
			M: msm(C, T),
			Z: msm(D, T)
		};
	}
	function computeCompositesFast(k, B, C, D, ctx) {
		const T = getTranscripts(B, C, D, ctx);
		const M = msm(C, T);
		return {
			M,
			Z: M.multiply(k)
		};
	}
	function challengeTranscript(B, M, Z, t2, t3, ctx) {
		const [Bm, a0, a1, a2, a3] = [
			B,
			M,
			Z,
			t2,
			t3
		].map((i) => i.toBytes());
		return hashToScalarPrefixed(encode(Bm, a0, a1, a2, a3, "Challenge"), ctx);
	}
	function generateProof(ctx, k, B, C, D, rng) {
		const { M, Z } = computeCompositesFast(k, B, C, D, ctx);
		const r = randomScalar(rng);
		const c = challengeTranscript(B, M, Z, Point.BASE.multiply(r), M.multiply(r), ctx);
		const s = Fn.sub(r, Fn.mul(c, k));
		return concatBytes(...[c, s].map((i) => Fn.toBytes(i)));
	}
	function verifyProof(ctx, B, C, D, proof) {
		abytes$2(proof, 2 * Fn.BYTES);
		const { M, Z } = computeComposites(B, C, D, ctx);
		const [c, s] = [proof.subarray(0, Fn.BYTES), proof.subarray(Fn.BYTES)].map((f) => Fn.fromBytes(f));
		const expectedC = challengeTranscript(B, M, Z, msm([Point.BASE, B], [s, c]), msm([M, Z], [s, c]), ctx);
		if (!Fn.eql(c, expectedC)) throw new Error("proof verification failed");
	}
	function generateKeyPair() {
		const skS = randomScalar();
		const pkS = Point.BASE.multiply(skS);
		return {
			secretKey: Fn.toBytes(skS),
			publicKey: pkS.toBytes()
		};
	}
	function deriveKeyPair(ctx, seed, info) {
		abytes$2(seed, 32, "seed");
		info = inputBytes("keyInfo", info);
		const dst = concatBytes(asciiToBytes("DeriveKeyPair"), ctx);
		const msg = concatBytes(seed, encode(info), Uint8Array.of(0));
		for (let counter = 0; counter <= 255; counter++) {
			msg[msg.length - 1] = counter;
			const skS = hashToScalar(msg, { DST: dst });
			if (Fn.is0(skS)) continue;
			return {
				secretKey: Fn.toBytes(skS),
				publicKey: Point.BASE.multiply(skS).toBytes()
			};
		}
		throw new Error("Cannot derive key");
	}
	const wirePoint = (label, bytes) => {
		const point = Point.fromBytes(bytes);
		if (point.equals(Point.ZERO)) throw new Error(label + " point at infinity");
		return point;
	};
	function blind(ctx, input, rng = randomBytes$1) {
		input = inputBytes("input", input);
		const blind = randomScalar(rng);
		const inputPoint = hashToGroup(input, ctx);
		if (inputPoint.equals(Point.ZERO)) throw new Error("Input point at infinity");
		const blinded = inputPoint.multiply(blind);
		return {
			blind: Fn.toBytes(blind),
			blinded: blinded.toBytes()
		};
	}
	function evaluate(ctx, secretKey, input) {
		input = inputBytes("input", input);
		const skS = Fn.fromBytes(secretKey);
		const inputPoint = hashToGroup(input, ctx);
		if (inputPoint.equals(Point.ZERO)) throw new Error("Input point at infinity");
		const unblinded = inputPoint.multiply(skS).toBytes();
		return hashInput(input, unblinded);
	}
	const oprf = Object.freeze({
		generateKeyPair,
		deriveKeyPair: (seed, keyInfo) => deriveKeyPair(ctxOPRF, seed, keyInfo),
		blind: (input, rng = randomBytes$1) => blind(ctxOPRF, input, rng),
		blindEvaluate(secretKey, blindedPoint) {
			const skS = Fn.fromBytes(secretKey);
			return wirePoint("blinded", blindedPoint).multiply(skS).toBytes();
		},
		finalize(input, blindBytes, evaluatedBytes) {
			input = inputBytes("input", input);
			const blind = Fn.fromBytes(blindBytes);
			const unblinded = wirePoint("evaluated", evaluatedBytes).multiply(Fn.inv(blind)).toBytes();
			return hashInput(input, unblinded);
		},
		evaluate: (secretKey, input) => evaluate(ctxOPRF, secretKey, input)
	});
	const voprf = Object.freeze({
		generateKeyPair,
		deriveKeyPair: (seed, keyInfo) => deriveKeyPair(ctxVOPRF, seed, keyInfo),
		blind: (input, rng = randomBytes$1) => blind(ctxVOPRF, input, rng),
		blindEvaluateBatch(secretKey, publicKey, blinded, rng = randomBytes$1) {
			if (!Array.isArray(blinded)) throw new Error("expected array");
			const skS = Fn.fromBytes(secretKey);
			const pkS = wirePoint("public key", publicKey);
			const blindedPoints = blinded.map((i) => wirePoint("blinded", i));
			const evaluated = blindedPoints.map((i) => i.multiply(skS));
			const proof = generateProof(ctxVOPRF, skS, pkS, blindedPoints, evaluated, rng);
			return {
				evaluated: evaluated.map((i) => i.toBytes()),
				proof
			};
		},
		blindEvaluate(secretKey, publicKey, blinded, rng = randomBytes$1) {
			const res = this.blindEvaluateBatch(secretKey, publicKey, [blinded], rng);
			return {
				evaluated: res.evaluated[0],
				proof: res.proof
			};
		},
		finalizeBatch(items, publicKey, proof) {
			if (!Array.isArray(items)) throw new Error("expected array");
			const pkS = wirePoint("public key", publicKey);
			const blindedPoints = items.map((i) => wirePoint("blinded", i.blinded));
			const evalPoints = items.map((i) => wirePoint("evaluated", i.evaluated));
			verifyProof(ctxVOPRF, pkS, blindedPoints, evalPoints, proof);
			return items.map((i, j) => {
				const input = inputBytes("input", i.input);
				const blind = Fn.fromBytes(i.blind);
				const unblinded = evalPoints[j].multiply(Fn.inv(blind)).toBytes();
				return hashInput(input, unblinded);
			});
		},
		finalize(input, blind, evaluated, blinded, publicKey, proof) {
			return this.finalizeBatch([{
				input,
				blind,
				evaluated,
				blinded
			}], publicKey, proof)[0];
		},
		evaluate: (secretKey, input) => evaluate(ctxVOPRF, secretKey, input)
	});
	const poprf = (info) => {
		info = copyBytes$1(inputBytes("info", info));
		const m = hashToScalarPrefixed(encode("Info", info), ctxPOPRF);
		const T = Point.BASE.multiply(m);
		return Object.freeze({
			generateKeyPair,
			deriveKeyPair: (seed, keyInfo) => deriveKeyPair(ctxPOPRF, seed, keyInfo),
			blind(input, publicKey, rng = randomBytes$1) {
				input = inputBytes("input", input);
				const pkS = wirePoint("public key", publicKey);
				const tweakedKey = T.add(pkS);
				if (tweakedKey.equals(Point.ZERO)) throw new Error("tweakedKey point at infinity");
				const blind = randomScalar(rng);
				const inputPoint = hashToGroup(input, ctxPOPRF);
				if (inputPoint.equals(Point.ZERO)) throw new Error("Input point at infinity");
				const blindedPoint = inputPoint.multiply(blind);
				return {
					blind: Fn.toBytes(blind),
					blinded: blindedPoint.toBytes(),
					tweakedKey: tweakedKey.toBytes()
				};
			},
			blindEvaluateBatch(secretKey, blinded, rng = randomBytes$1) {
				if (!Array.isArray(blinded)) throw new Error("expected array");
				const skS = Fn.fromBytes(secretKey);
				const t = Fn.add(skS, m);
				const invT = invertSecret(t);
				const blindedPoints = blinded.map((i) => wirePoint("blinded", i));
				const evalPoints = blindedPoints.map((i) => i.multiply(invT));
				const tweakedKey = Point.BASE.multiply(t);
				const proof = generateProof(ctxPOPRF, t, tweakedKey, evalPoints, blindedPoints, rng);
				return {
					evaluated: evalPoints.map((i) => i.toBytes()),
					proof
				};
			},
			blindEvaluate(secretKey, blinded, rng = randomBytes$1) {
				const res = this.blindEvaluateBatch(secretKey, [blinded], rng);
				return {
					evaluated: res.evaluated[0],
					proof: res.proof
				};
			},
			finalizeBatch(items, proof, tweakedKey) {
				if (!Array.isArray(items)) throw new Error("expected array");
				const inputs = items.map((i) => inputBytes("input", i.input));
				const evalPoints = items.map((i) => wirePoint("evaluated", i.evaluated));
				verifyProof(ctxPOPRF, wirePoint("tweakedKey", tweakedKey), evalPoints, items.map((i) => wirePoint("blinded", i.blinded)), proof);
				return items.map((i, j) => {
					const blind = Fn.fromBytes(i.blind);
					const point = evalPoints[j].multiply(Fn.inv(blind)).toBytes();
					return hashInput(inputs[j], info, point);
				});
			},
			finalize(input, blind, evaluated, blinded, proof, tweakedKey) {
				return this.finalizeBatch([{
					input,
					blind,
					evaluated,
					blinded
				}], proof, tweakedKey)[0];
			},
			evaluate(secretKey, input) {
				input = inputBytes("input", input);
				const skS = Fn.fromBytes(secretKey);
				const inputPoint = hashToGroup(input, ctxPOPRF);
				if (inputPoint.equals(Point.ZERO)) throw new Error("Input point at infinity");
				const t = Fn.add(skS, m);
				const invT = invertSecret(t);
				const unblinded = inputPoint.multiply(invT).toBytes();
				return hashInput(input, info, unblinded);
			}
		});
	};
	const res = {
		name,
		oprf,
		voprf,
		poprf,
		__tests: Object.freeze({
			Fn,
			invertSecret
		})
	};
	return Object.freeze(res);
}
var _DST_scalarBytes;
var init_oprf = __esmMin((() => {
	init_utils();
	init_curve();
	init_hash_to_curve();
	init_modular();
	_DST_scalarBytes = /* @__PURE__ */ asciiToBytes(_DST_scalar);
}));
// node_modules/@noble/curves/ed25519.js
var ed25519_exports = /* @__PURE__ */ __exportAll({
	ED25519_TORSION_SUBGROUP: () => ED25519_TORSION_SUBGROUP,
	_map_to_curve_elligator2_curve25519: () => _map_to_curve_elligator2_curve25519,
	ed25519: () => ed25519,
	ed25519_FROST: () => ed25519_FROST,
	ed25519_hasher: () => ed25519_hasher,
	ed25519ctx: () => ed25519ctx,
	ed25519ph: () => ed25519ph,
	ristretto255: () => ristretto255,
	ristretto255_FROST: () => ristretto255_FROST,
	ristretto255_hasher: () => ristretto255_hasher,
	ristretto255_oprf: () => ristretto255_oprf,
	x25519: () => x25519$1
});
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function ed25519_pow_2_252_3$1(x) {
	const _10n = BigInt(10), _20n = BigInt(20), _40n = BigInt(40), _80n = BigInt(80);
	const P = ed25519_CURVE_p$1;
	const b2 = x * x % P * x % P;
	const b5 = pow2$1(pow2$1(b2, _2n$2, P) * b2 % P, _1n$2, P) * x % P;
	const b10 = pow2$1(b5, _5n$1, P) * b5 % P;
	const b20 = pow2$1(b10, _10n, P) * b10 % P;
	const b40 = pow2$1(b20, _20n, P) * b20 % P;
	const b80 = pow2$1(b40, _40n, P) * b40 % P;
	return {
		pow_p_5_8: pow2$1(pow2$1(pow2$1(pow2$1(b80, _80n, P) * b80 % P, _80n, P) * b80 % P, _10n, P) * b10 % P, _2n$2, P) * x % P,
		b2
	};
}
function adjustScalarBytes$1(bytes) {
	bytes[0] &= 248;
	bytes[31] &= 127;
	bytes[31] |= 64;
	return bytes;
}
function uvRatio(u, v) {
	const P = ed25519_CURVE_p$1;
	const v3 = mod$1(v * v * v, P);
	const pow = ed25519_pow_2_252_3$1(u * mod$1(v3 * v3 * v, P)).pow_p_5_8;
	let x = mod$1(u * v3 * pow, P);
	const vx2 = mod$1(v * x * x, P);
	const root1 = x;
	const root2 = mod$1(x * ED25519_SQRT_M1, P);
	const useRoot1 = vx2 === u;
	const useRoot2 = vx2 === mod$1(-u, P);
	const noRoot = vx2 === mod$1(-u * ED25519_SQRT_M1, P);
	if (useRoot1) x = root1;
	if (useRoot2 || noRoot) x = root2;
	if (isNegativeLE(x, P)) x = mod$1(-x, P);
	return {
		isValid: useRoot1 || useRoot2,
		value: x
	};
}
function toMontgomery(point) {
	const { y } = point;
	return Fp.toBytes(Fp.div(_1n$2 + y, _1n$2 - y));
}
function toMontgomerySecret(secretKey) {
	const size = ed25519_Point.Fp.BYTES;
	abytes$3(secretKey, size);
	return adjustScalarBytes$1(sha512(secretKey.subarray(0, size))).subarray(0, size);
}
function ed25519_domain(data, ctx, phflag) {
	if (ctx.length > 255) throw new Error("Context is too big");
	return concatBytes$1(asciiToBytes("SigEd25519 no Ed25519 collisions"), new Uint8Array([phflag ? 1 : 0, ctx.length]), ctx, data);
}
function ed(opts) {
	return eddsa(ed25519_Point, sha512, Object.assign({
		adjustScalarBytes: adjustScalarBytes$1,
		toMontgomery,
		toMontgomerySecret,
		zip215: true
	}, opts));
}
/**
* RFC 9380 method `map_to_curve_elligator2_curve25519`. Experimental name: may be renamed later.
* @private
*/
function _map_to_curve_elligator2_curve25519(u) {
	let tv1 = Fp.sqr(u);
	tv1 = Fp.mul(tv1, _2n$2);
	let xd = Fp.add(tv1, Fp.ONE);
	let x1n = Fp.neg(ELL2_J);
	let tv2 = Fp.sqr(xd);
	let gxd = Fp.mul(tv2, xd);
	let gx1 = Fp.mul(tv1, ELL2_J);
	gx1 = Fp.mul(gx1, x1n);
	gx1 = Fp.add(gx1, tv2);
	gx1 = Fp.mul(gx1, x1n);
	let tv3 = Fp.sqr(gxd);
	tv2 = Fp.sqr(tv3);
	tv3 = Fp.mul(tv3, gxd);
	tv3 = Fp.mul(tv3, gx1);
	tv2 = Fp.mul(tv2, tv3);
	let y11 = ed25519_pow_2_252_3$1(tv2).pow_p_5_8;
	y11 = Fp.mul(y11, tv3);
	let y12 = Fp.mul(y11, ELL2_C3);
	tv2 = Fp.sqr(y11);
	tv2 = Fp.mul(tv2, gxd);
	let e1 = Fp.eql(tv2, gx1);
	let y1 = Fp.cmov(y12, y11, e1);
	let x2n = Fp.mul(x1n, tv1);
	let y21 = Fp.mul(y11, u);
	y21 = Fp.mul(y21, ELL2_C2);
	let y22 = Fp.mul(y21, ELL2_C3);
	let gx2 = Fp.mul(gx1, tv1);
	tv2 = Fp.sqr(y21);
	tv2 = Fp.mul(tv2, gxd);
	let e2 = Fp.eql(tv2, gx2);
	let y2 = Fp.cmov(y22, y21, e2);
	tv2 = Fp.sqr(y1);
	tv2 = Fp.mul(tv2, gxd);
	let e3 = Fp.eql(tv2, gx1);
	let xn = Fp.cmov(x2n, x1n, e3);
	let y = Fp.cmov(y2, y1, e3);
	let e4 = Fp.isOdd(y);
	y = Fp.cmov(y, Fp.neg(y), e3 !== e4);
	return {
		xMn: xn,
		xMd: xd,
		yMn: y,
		yMd: _1n$2
	};
}
function map_to_curve_elligator2_edwards25519(u) {
	const { xMn, xMd, yMn, yMd } = _map_to_curve_elligator2_curve25519(u);
	let xn = Fp.mul(xMn, yMd);
	xn = Fp.mul(xn, ELL2_C1_EDWARDS);
	let xd = Fp.mul(xMd, yMn);
	let yn = Fp.sub(xMn, xMd);
	let yd = Fp.add(xMn, xMd);
	let tv1 = Fp.mul(xd, yd);
	let e = Fp.eql(tv1, Fp.ZERO);
	xn = Fp.cmov(xn, Fp.ZERO, e);
	xd = Fp.cmov(xd, Fp.ONE, e);
	yn = Fp.cmov(yn, Fp.ONE, e);
	yd = Fp.cmov(yd, Fp.ONE, e);
	const [xd_inv, yd_inv] = FpInvertBatch(Fp, [xd, yd], true);
	return {
		x: Fp.mul(xn, xd_inv),
		y: Fp.mul(yn, yd_inv)
	};
}
/**
* Computes Elligator map for Ristretto255.
* Primary formula source is RFC 9496 §4.3.4 MAP; RFC 9380 Appendix B builds
* `hash_to_ristretto255` on top of this helper.
* Returns an internal Edwards representative, not a public `_RistrettoPoint`.
*/
function calcElligatorRistrettoMap(r0) {
	const { d } = ed25519_CURVE;
	const r = Fp.mul(Fp.mulN(SQRT_M1, r0), r0);
	const Ns = Fp.mul(Fp.addN(r, _1n$2), ONE_MINUS_D_SQ);
	let c = BigInt(-1);
	const D = Fp.mul(Fp.subN(c, Fp.mulN(d, r)), Fp.add(r, d));
	let { isValid: Ns_D_is_sq, value: s } = uvRatio(Ns, D);
	let s_ = Fp.mul(s, r0);
	if (!Fp.isOdd(s_)) s_ = Fp.neg(s_);
	if (!Ns_D_is_sq) s = s_;
	if (!Ns_D_is_sq) c = r;
	const Nt = Fp.sub(Fp.mulN(Fp.mulN(c, Fp.subN(r, _1n$2)), D_MINUS_ONE_SQ), D);
	const s2 = Fp.sqrN(s);
	const W0 = Fp.mul(Fp.addN(s, s), D);
	const W1 = Fp.mul(Nt, SQRT_AD_MINUS_ONE);
	const W2 = Fp.sub(_1n$2, s2);
	const W3 = Fp.add(_1n$2, s2);
	return new ed25519_Point(Fp.mul(W0, W3), Fp.mul(W2, W1), Fp.mul(W1, W3), Fp.mul(W0, W2));
}
var _0n$1, _1n$2, _2n$2, _3n$1, _5n$1, _8n, ed25519_CURVE_p$1, ed25519_CURVE, ED25519_SQRT_M1, ed25519_Point, Fp, Fn, ed25519, ed25519ctx, ed25519ph, ed25519_FROST, x25519$1, ELL2_C1, ELL2_C2, ELL2_C3, ELL2_J, ELL2_C1_EDWARDS, ed25519_hasher, SQRT_M1, SQRT_AD_MINUS_ONE, INVSQRT_A_MINUS_D, ONE_MINUS_D_SQ, D_MINUS_ONE_SQ, invertSqrt, MAX_255B, bytes255ToNumberLE, _RistrettoPoint, ristretto255, ristretto255_hasher, ristretto255_oprf, ristretto255_FROST, ED25519_TORSION_SUBGROUP;
var init_ed25519 = __esmMin((() => {
	init_sha2();
	init_utils$1();
	init_edwards();
	init_frost();
	init_hash_to_curve();
	init_modular();
	init_montgomery();
	init_oprf();
	init_utils();
	_0n$1 = /* @__PURE__ */ BigInt(0);
	_1n$2 = /* @__PURE__ */ BigInt(1);
	_2n$2 = /* @__PURE__ */ BigInt(2);
	_3n$1 = /* @__PURE__ */ BigInt(3);
	_5n$1 = /* @__PURE__ */ BigInt(5);
	_8n = /* @__PURE__ */ BigInt(8);
	ed25519_CURVE_p$1 = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
	ed25519_CURVE = /* @__PURE__ */ (() => ({
		p: ed25519_CURVE_p$1,
		n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
		h: _8n,
		a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
		d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
		Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
		Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
	}))();
	ED25519_SQRT_M1 = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
	ed25519_Point = /* @__PURE__ */ edwards(ed25519_CURVE, { uvRatio });
	Fp = /* @__PURE__ */ (() => ed25519_Point.Fp)();
	Fn = /* @__PURE__ */ (() => ed25519_Point.Fn)();
	ed25519 = /* @__PURE__ */ ed({});
	ed25519ctx = /* @__PURE__ */ ed({ domain: ed25519_domain });
	ed25519ph = /* @__PURE__ */ ed({
		domain: ed25519_domain,
		prehash: sha512
	});
	ed25519_FROST = /* @__PURE__ */ (() => createFROST({
		name: "FROST-ED25519-SHA512-v1",
		Point: ed25519_Point,
		validatePoint: (p) => {
			p.assertValidity();
			if (!p.isTorsionFree()) throw new Error("bad point: not torsion-free");
		},
		hash: sha512,
		H2: ""
	}))();
	x25519$1 = /* @__PURE__ */ (() => {
		const P = ed25519_CURVE_p$1;
		const powPminus2 = (x) => {
			const { pow_p_5_8, b2 } = ed25519_pow_2_252_3$1(x);
			return mod$1(pow2$1(pow_p_5_8, _3n$1, P) * b2, P);
		};
		return montgomery$1({
			P,
			type: "x25519",
			powPminus2,
			adjustScalarBytes: adjustScalarBytes$1,
			scalarMultBase: (k) => {
				const kn = mod$1(k, ed25519_Point.Fn.ORDER);
				if (kn === _0n$1) return _0n$1;
				const p = ed25519_Point.BASE.multiply(kn);
				return mod$1((p.Z + p.Y) * powPminus2(mod$1(p.Z - p.Y, P)), P);
			}
		});
	})();
	ELL2_C1 = /* @__PURE__ */ (() => (ed25519_CURVE_p$1 + _3n$1) / _8n)();
	ELL2_C2 = /* @__PURE__ */ (() => Fp.pow(_2n$2, ELL2_C1))();
	ELL2_C3 = /* @__PURE__ */ (() => Fp.sqrt(Fp.neg(Fp.ONE)))();
	ELL2_J = /* @__PURE__ */ BigInt(486662);
	ELL2_C1_EDWARDS = /* @__PURE__ */ (() => FpSqrtEven(Fp, Fp.neg(BigInt(486664))))();
	ed25519_hasher = /* @__PURE__ */ (() => createHasher$2(ed25519_Point, (scalars) => map_to_curve_elligator2_edwards25519(scalars[0]), {
		DST: "edwards25519_XMD:SHA-512_ELL2_RO_",
		encodeDST: "edwards25519_XMD:SHA-512_ELL2_NU_",
		p: ed25519_CURVE_p$1,
		m: 1,
		k: 128,
		expand: "xmd",
		hash: sha512
	}))();
	SQRT_M1 = ED25519_SQRT_M1;
	SQRT_AD_MINUS_ONE = /* @__PURE__ */ BigInt("25063068953384623474111414158702152701244531502492656460079210482610430750235");
	INVSQRT_A_MINUS_D = /* @__PURE__ */ BigInt("54469307008909316920995813868745141605393597292927456921205312896311721017578");
	ONE_MINUS_D_SQ = /* @__PURE__ */ BigInt("1159843021668779879193775521855586647937357759715417654439879720876111806838");
	D_MINUS_ONE_SQ = /* @__PURE__ */ BigInt("40440834346308536858101042469323190826248399146238708352240133220865137265952");
	invertSqrt = (number) => uvRatio(_1n$2, number);
	MAX_255B = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
	bytes255ToNumberLE = (bytes) => Fp.create(bytesToNumberLE$1(bytes) & MAX_255B);
	_RistrettoPoint = class _RistrettoPoint extends PrimeEdwardsPoint {
		static BASE = /* @__PURE__ */ (() => new _RistrettoPoint(ed25519_Point.BASE))();
		static ZERO = /* @__PURE__ */ (() => new _RistrettoPoint(ed25519_Point.ZERO))();
		static Fp = /* @__PURE__ */ (() => Fp)();
		static Fn = /* @__PURE__ */ (() => Fn)();
		constructor(ep) {
			super(ep);
		}
		/**
		* Create one Ristretto255 point from affine Edwards coordinates.
		* This wraps the internal Edwards representative directly and is not a
		* canonical ristretto255 decoding path.
		* Use `toBytes()` / `fromBytes()` if canonical ristretto255 bytes matter.
		*/
		static fromAffine(ap) {
			return new _RistrettoPoint(ed25519_Point.fromAffine(ap));
		}
		assertSame(other) {
			if (!(other instanceof _RistrettoPoint)) throw new Error("RistrettoPoint expected");
		}
		init(ep) {
			return new _RistrettoPoint(ep);
		}
		static fromBytes(bytes) {
			abytes$3(bytes, 32);
			const { a, d } = ed25519_CURVE;
			const s = bytes255ToNumberLE(bytes);
			if (!equalBytes(Fp.toBytes(s), bytes) || Fp.isOdd(s)) throw new Error("invalid ristretto255 encoding 1");
			const s2 = Fp.sqr(s);
			const u1 = Fp.add(_1n$2, Fp.mulN(a, s2));
			const u2 = Fp.sub(_1n$2, Fp.mulN(a, s2));
			const u1_2 = Fp.sqr(u1);
			const u2_2 = Fp.sqr(u2);
			const v = Fp.sub(Fp.mulN(Fp.mulN(a, d), u1_2), u2_2);
			const { isValid, value: I } = invertSqrt(Fp.mul(v, u2_2));
			const Dx = Fp.mul(I, u2);
			const Dy = Fp.mul(Fp.mulN(I, Dx), v);
			let x = Fp.mul(Fp.addN(s, s), Dx);
			if (Fp.isOdd(x)) x = Fp.neg(x);
			const y = Fp.mul(u1, Dy);
			const t = Fp.mul(x, y);
			if (!isValid || Fp.isOdd(t) || Fp.is0(y)) throw new Error("invalid ristretto255 encoding 2");
			return new _RistrettoPoint(new ed25519_Point(x, y, Fp.ONE, t));
		}
		/**
		* Converts ristretto-encoded string to ristretto point.
		* Described in [RFC9496](https://www.rfc-editor.org/rfc/rfc9496#name-decode).
		* @param hex - Ristretto-encoded 32 bytes. Not every 32-byte string is valid ristretto encoding
		*/
		static fromHex(hex) {
			return _RistrettoPoint.fromBytes(hexToBytes$2(hex));
		}
		/**
		* Encodes ristretto point to Uint8Array.
		* Described in [RFC9496](https://www.rfc-editor.org/rfc/rfc9496#name-encode).
		*/
		toBytes() {
			let { X, Y, Z, T } = this.ep;
			const u1 = Fp.mul(Fp.add(Z, Y), Fp.sub(Z, Y));
			const u2 = Fp.mul(X, Y);
			const u2sq = Fp.sqr(u2);
			const { value: invsqrt } = invertSqrt(Fp.mul(u1, u2sq));
			const D1 = Fp.mul(invsqrt, u1);
			const D2 = Fp.mul(invsqrt, u2);
			const zInv = Fp.mul(Fp.mulN(D1, D2), T);
			let D;
			if (Fp.isOdd(Fp.mul(T, zInv))) {
				let _x = Fp.mul(Y, SQRT_M1);
				let _y = Fp.mul(X, SQRT_M1);
				X = _x;
				Y = _y;
				D = Fp.mul(D1, INVSQRT_A_MINUS_D);
			} else D = D2;
			if (Fp.isOdd(Fp.mul(X, zInv))) Y = Fp.neg(Y);
			let s = Fp.mul(Fp.subN(Z, Y), D);
			if (Fp.isOdd(s)) s = Fp.neg(s);
			return Fp.toBytes(s);
		}
		/**
		* Compares two Ristretto points.
		* Described in [RFC9496](https://www.rfc-editor.org/rfc/rfc9496#name-equals).
		*/
		equals(other) {
			this.assertSame(other);
			const { X: X1, Y: Y1 } = this.ep;
			const { X: X2, Y: Y2 } = other.ep;
			const one = Fp.eql(Fp.mul(X1, Y2), Fp.mul(Y1, X2));
			const two = Fp.eql(Fp.mul(Y1, Y2), Fp.mul(X1, X2));
			return one || two;
		}
		is0() {
			return this.equals(_RistrettoPoint.ZERO);
		}
	};
	ristretto255 = /* @__PURE__ */ (() => {
		Object.freeze(_RistrettoPoint.BASE);
		Object.freeze(_RistrettoPoint.ZERO);
		Object.freeze(_RistrettoPoint.prototype);
		Object.freeze(_RistrettoPoint);
		return Object.freeze({ Point: _RistrettoPoint });
	})();
	ristretto255_hasher = /* @__PURE__ */ Object.freeze({
		Point: _RistrettoPoint,
		/**
		* Spec: https://www.rfc-editor.org/rfc/rfc9380.html#name-hashing-to-ristretto255. Caveats:
		* * There are no test vectors
		* * encodeToCurve / mapToCurve is undefined
		* * mapToCurve would be `calcElligatorRistrettoMap(scalars[0])`, not ristretto255_map!
		* * hashToScalar is undefined too, so we just use OPRF implementation
		* * We cannot re-use 'createHasher', because ristretto255_map is different algorithm/RFC
		(os2ip -> bytes255ToNumberLE)
		* * mapToCurve == calcElligatorRistrettoMap, hashToCurve == ristretto255_map
		* * hashToScalar is undefined in RFC9380 for ristretto, so we use the OPRF
		version here. Using `bytes255ToNumblerLE` will create a different result
		if we use `bytes255ToNumberLE` as os2ip
		* * current version is closest to spec.
		*/
		hashToCurve(msg, options) {
			const xmd = expand_message_xmd(msg, options?.DST === void 0 ? "ristretto255_XMD:SHA-512_R255MAP_RO_" : options.DST, 64, sha512);
			return ristretto255_hasher.deriveToCurve(xmd);
		},
		hashToScalar(msg, options) {
			const xmd = expand_message_xmd(msg, options?.DST === void 0 ? _DST_scalar : options.DST, 64, sha512);
			return Fn.create(bytesToNumberLE$1(xmd));
		},
		/**
		* HashToCurve-like construction based on RFC 9496 (Element Derivation).
		* Converts 64 uniform random bytes into a curve point.
		*
		* WARNING: This represents an older hash-to-curve construction from before
		* RFC 9380 was finalized.
		* It was later reused as a component in the newer
		* `hash_to_ristretto255` function defined in RFC 9380.
		*/
		deriveToCurve(bytes) {
			abytes$3(bytes, 64);
			const R1 = calcElligatorRistrettoMap(bytes255ToNumberLE(bytes.subarray(0, 32)));
			const R2 = calcElligatorRistrettoMap(bytes255ToNumberLE(bytes.subarray(32, 64)));
			return new _RistrettoPoint(R1.add(R2));
		}
	});
	ristretto255_oprf = /* @__PURE__ */ (() => createOPRF({
		name: "ristretto255-SHA512",
		Point: _RistrettoPoint,
		hash: sha512,
		hashToGroup: ristretto255_hasher.hashToCurve,
		hashToScalar: ristretto255_hasher.hashToScalar
	}))();
	ristretto255_FROST = /* @__PURE__ */ (() => createFROST({
		name: "FROST-RISTRETTO255-SHA512-v1",
		Point: _RistrettoPoint,
		validatePoint: (p) => {
			p.assertValidity();
		},
		hash: sha512
	}))();
	ED25519_TORSION_SUBGROUP = /* @__PURE__ */ Object.freeze([
		"0100000000000000000000000000000000000000000000000000000000000000",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"0000000000000000000000000000000000000000000000000000000000000080",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"0000000000000000000000000000000000000000000000000000000000000000",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
	]);
}));
// protocol/identity.ts
/** Ed25519 identities: a non-extractable Web Crypto key where the browser has Ed25519, else a seed with noble (RFC 8032). */
/** Loaded only where it is needed: few browsers of today lack Ed25519. */
var noble = async () => (await Promise.resolve().then(() => (init_ed25519(), ed25519_exports))).ed25519;
/** A fresh secret; a seed only where Web Crypto lacks Ed25519 (Chrome < 137, Firefox < 129, Safari < 17). */
async function createSecret() {
	try {
		return {
			kind: "key-pair",
			pair: await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])
		};
	} catch {
		return {
			kind: "seed",
			seed: own((await noble()).utils.randomSecretKey())
		};
	}
}
/** The identity of a secret. */
async function identityOf(secret) {
	if (secret.kind === "seed") {
		const ed25519 = await noble();
		return {
			id: toHex(ed25519.getPublicKey(secret.seed)),
			sign: async (message) => own(ed25519.sign(message, secret.seed))
		};
	}
	const { publicKey, privateKey } = secret.pair;
	return {
		id: toHex(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))),
		sign: async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, own(message)))
	};
}
/** Whether `signature` over `message` is by `id`. Never throws for bad input. */
async function isSignedBy(id, { message, signature }) {
	if (!/^[0-9a-f]{64}$/i.test(id) || signature.length !== 64) return false;
	const key = fromHex(id);
	try {
		const imported = await crypto.subtle.importKey("raw", key, "Ed25519", true, ["verify"]);
		return await crypto.subtle.verify("Ed25519", imported, own(signature), own(message));
	} catch {
		return verifyWithNoble(key, {
			message,
			signature
		});
	}
}
/** The same check without Web Crypto; exported so that a test can hold the two against each other. */
async function verifyWithNoble(key, { message, signature }) {
	const ed25519 = await noble();
	try {
		return ed25519.verify(signature, message, key, { zip215: false });
	} catch {
		return false;
	}
}
/** @throws NetworkError with `code` unless `id` signed `message` */
async function requireSignature(id, signed) {
	if (!await isSignedBy(id, signed)) throw new NetworkError(signed.code, "the signature does not verify");
}
// protocol/limits.ts
/** Sizes and times that both sides must agree on, each with its reason. */
var kibibyte = 1024;
/** Sizes that a sealed request is padded to, bytes: the relay learns one of five sizes, not a length. */
var requestBuckets = [
	1,
	4,
	16,
	64,
	256
].map((size) => size * kibibyte);
var limits = {
	/** Largest frame of any kind: the largest request bucket, its tag, the KEM's 1,120 bytes and the envelope, rounded up. */
	maxFrameBytes: 260 * kibibyte,
	/** How long a channel through TURN may take to open before it is given up, ms. */
	meetMs: 5e3,
	/** A channel through TURN without a part, or without a word of what came, for this long is left: twenty ticks, and before the node counts as lost. */
	laneSilentMs: 2e3,
	/** Parts that a node keeps for a client that has yet to say that they came, and may so have under way; the client says it for each eighth. */
	laneParts: 64,
	laneSayEvery: 8,
	/** Largest piece of a frame on a data channel: what every browser sends without its own fragmentation. */
	maxFragmentBytes: 16 * kibibyte,
	/** One frame of a streamed answer, sealed, bytes. */
	answerFrameBytes: 256,
	/** One frame of an answer that is vectors, sealed, bytes: one of 1,024 numbers in each. The relay knows the model, so it knows that much anyway. */
	vectorFrameBytes: 4160,
	/** The clock of a streamed answer: one frame each tick whether there is text or not. */
	answerTickMs: 100,
	/** A streamed answer ends at 16, 32, 64 ... frames, so that its length shows only as a power of two. */
	minAnswerFrames: 16,
	/** Longest answer text, bytes, over all nodes that worked on it. */
	maxAnswerBytes: 256 * kibibyte,
	/** Most tokens that a job may ask for. */
	maxTokens: 8192,
	/** Most messages in one conversation. */
	maxMessages: 512,
	/** Images of one job, or frames of a film: more do not fit the largest request in a useful size. */
	maxImages: 16,
	/** Texts of one embeddings job, and bytes of each; all have to fit one request. */
	maxInputs: 32,
	maxInputBytes: 16 * kibibyte,
	/** Half a minute of sound at 16 kHz and 4 bits a sample. */
	maxAudioBytes: 24e4,
	/** Labels of one classify job; most labels that a model's own choice is told. */
	maxLabels: 32,
	/** Numbers of one vector. */
	maxDimensions: 1536,
	/** Nodes a client names as acceptable; the relay binds to one of them. */
	maxSet: 64,
	/** Nodes a client draws by default. */
	defaultSet: 16,
	/** Records in one directory answer: 256 of at most 1 KiB fit one frame. */
	maxDirectory: 256,
	maxRecordBytes: 1024,
	maxRelayRecordBytes: 1024,
	/** Models that one node may list. */
	maxModels: 4,
	/** How long an offer stands, s: the client's round trip and a slow phone's sealing, no more. */
	offerSeconds: 30,
	/** How long a node record stands without being signed anew, s. */
	recordSeconds: 3600,
	/** How far clocks of two honest sides may be apart, s. */
	clockSkewSeconds: 300,
	/** The relay pings each link this often. */
	heartbeatMs: 5e3,
	/** A link that was silent this long is gone: three heartbeats. */
	leaseMs: 15e3,
	/** A bound job must show its next step (offer, request, first frame) within this. */
	stepMs: 1e4,
	/** No frame of a streamed answer for this long: the node is lost. Thirty ticks. */
	stallMs: 3e3,
	/** Frames but no text for this long: the node does not work. Covers a long prompt on a slow GPU. */
	silentMs: 12e4,
	/** Longest wait for a free node before the relay says `busy`. */
	queueMs: 6e4,
	/** Longest life of one job at one node. */
	jobMs: 9e5,
	/** How often a client goes to another node after a loss. */
	maxResumes: 3,
	/** How long an answer waits for a relay that went away, and for a computer to be there again. */
	relayReturnMs: 6e4,
	/** How long an invitation to pair stands: time to fetch the other device, and little to guess in. */
	pairingMs: 3e5,
	/** Every word of a pairing, sealed, bytes: a name of 160 bytes, two keys and what seals them. */
	pairingWordBytes: 320,
	/** Bytes a receiver may lag behind before its link is closed: four of the largest frames. */
	maxLagBytes: 1040 * kibibyte,
	/** Jobs one client link may have open. */
	maxJobsPerClient: 16,
	/** Jobs that wait at one relay. */
	maxQueue: 1e4,
	/** Tokens that a node lets be unpaid, at least and at most: its chunk is one second's worth within these. */
	minChunkTokens: 64,
	maxChunkTokens: 1024,
	/** A node says what is due at least this often, and leaves a job that stays unpaid for so long. */
	dueMs: 1e3,
	unpaidMs: 1e4,
	/** Frames that one link may send at once, and per second, before it is a flood: 16 jobs at 10 frames/s, with room. */
	burstFrames: 512,
	framesPerSecond: 256
};
// sdk/openai/refusal.ts
/** Why a request was not answered, in the shape that OpenAI's clients read. */
var Refusal = class extends Error {
	name = "Refusal";
	status;
	body;
	/** s */
	retryAfter;
	constructor({ status, message, type = "invalid_request_error", param, code, retryAfter }, options) {
		super(message, options);
		this.status = status;
		this.body = { error: {
			message,
			type,
			param: param ?? null,
			code: code ?? null
		} };
		this.retryAfter = retryAfter;
	}
};
/** A field that is wrong, or asks for what does not exist here. */
var badField = (param, message) => new Refusal({
	status: 400,
	message,
	param,
	...param === void 0 ? {} : { code: "invalid_value" }
});
/** A field that other servers know, and this one can't follow. */
var unsupported = (param, message) => new Refusal({
	status: 400,
	message,
	param,
	code: "unsupported_parameter"
});
var busy = {
	status: 429,
	type: "rate_limit_error",
	code: "no_capacity",
	retryAfter: 5
};
var away = {
	status: 503,
	type: "server_error"
};
/** What each failure of the network is to an OpenAI client; what is not listed is a fault of the other side. */
var kinds = {
	"cancelled": {
		status: 499,
		type: "invalid_request_error",
		code: "cancelled",
		message: "The request was cancelled. What had arrived was paid, nothing more."
	},
	"no-node": {
		...away,
		code: "no_capacity",
		retryAfter: 5,
		message: "No computer offers this model right now. Nothing was sent. Try again in a moment, or choose another model of /v1/models."
	},
	"busy": busy,
	"refused": busy,
	"expired": busy,
	"too-long": {
		status: 400,
		type: "invalid_request_error",
		code: "context_length_exceeded",
		message: "The conversation and its longest answer do not fit the model. Shorten it, or ask for fewer tokens."
	},
	"too-large": {
		status: 413,
		type: "invalid_request_error",
		code: "request_too_large",
		message: "A job of this network holds 256 KiB with its pictures and sound. Nothing was sent; shorten it."
	},
	"unfunded": {
		status: 402,
		type: "insufficient_quota",
		code: "insufficient_quota",
		message: "What is deposited, or may be spent today, does not cover this. Nothing was sent. Deposit more, raise the cap, or choose a free computer."
	},
	"trial-over": {
		status: 402,
		type: "insufficient_quota",
		code: "insufficient_quota",
		message: "The free answers of this relay are used up for now. Nothing was sent. Deposit, or choose a free computer."
	},
	"wrong-task": {
		status: 400,
		type: "invalid_request_error",
		code: "unsupported_model",
		message: "This model can not do that. Nothing was computed; choose another model of /v1/models."
	},
	"bad-media": {
		status: 400,
		type: "invalid_request_error",
		code: "invalid_media",
		message: "The picture or sound could not be read. Nothing was computed; try another file."
	},
	"not-paired": {
		status: 403,
		type: "permission_error",
		code: "not_paired",
		message: "None of your own devices knows this client, or no longer. Pair it first; nothing was sent."
	},
	"kept-home": {
		status: 403,
		type: "permission_error",
		code: "kept_home"
	},
	"offline": {
		...away,
		code: "relay_unreachable",
		retryAfter: 5,
		message: "The relay can not be reached. Nothing was sent; check its address and try again."
	},
	"link-closed": {
		...away,
		code: "relay_unreachable",
		retryAfter: 2,
		message: "The connection to the relay was lost. It comes back by itself; try again."
	},
	"books-away": {
		...away,
		code: "books_away",
		retryAfter: 10
	},
	"chain-down": {
		...away,
		code: "chain_unreachable",
		retryAfter: 30
	},
	"banned": {
		status: 403,
		type: "permission_error",
		code: "banned"
	},
	"bad-message": {
		status: 400,
		type: "invalid_request_error",
		code: "invalid_job",
		message: "The network does not take such a job. Nothing was computed; see the details in docs/gateway.md."
	},
	"internal": {
		status: 500,
		type: "server_error",
		code: "internal",
		message: "Something went wrong on our side. Nothing was lost; try again, and tell us if it stays."
	}
};
/** Anything thrown, as it is told. */
function refusalOf(error) {
	if (error instanceof Refusal) return error;
	const code = codeOf(error);
	const { message, ...kind } = kinds[code] ?? {
		status: 502,
		type: "server_error",
		code: code.replaceAll("-", "_")
	};
	return new Refusal({
		...kind,
		message: message ?? sentenceOf(new NetworkError(code))
	}, { cause: error });
}
// sdk/openai/fields.ts
/** Bodies of requests, checked at the border: a wrong field is named as OpenAI names it. */
/** The fields of a body. Fields that the schema does not know are left out. @throws Refusal 400 that names the first wrong field */
function fieldsOf(schema, body) {
	const parsed = /* @__PURE__ */ safeParse(schema, body);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	const path = /* @__PURE__ */ getDotPath(issue) ?? void 0;
	throw badField(path, path === void 0 ? "The body must be a JSON object." : `${path}: ${issue.message}.`);
}
/** What other servers know and this network has no way to do: refused where it would change the answer, so that nobody relies on it. */
function refuseUnsupported(body, rules) {
	for (const [name, asksForIt] of Object.entries(rules)) {
		const value = body[name];
		if (value !== void 0 && value !== null && asksForIt(value)) throw unsupported(name, `${name} is not supported here: no engine of the network can follow it. Leave it out.`);
	}
}
/** A body as JSON. @throws Refusal 400 */
async function jsonOf(request) {
	let body;
	try {
		body = await request.json();
	} catch (cause) {
		throw new Refusal({
			status: 400,
			message: "The body is not JSON.",
			code: "invalid_json"
		}, { cause });
	}
	if (typeof body !== "object" || body === null || Array.isArray(body)) throw badField(void 0, "The body must be a JSON object.");
	return body;
}
/** A field that may be null, as OpenAI's clients send what they don't set. */
var maybe = (schema) => /* @__PURE__ */ pipe(/* @__PURE__ */ nullish(schema), /* @__PURE__ */ transform((value) => value ?? void 0));
var modelField$1 = /* @__PURE__ */ pipe(/* @__PURE__ */ string("must be a string"), /* @__PURE__ */ minLength(1, "must name a model"), /* @__PURE__ */ maxLength(160, "is too long"));
var flag = maybe(/* @__PURE__ */ boolean("must be true or false"));
var within$1 = (least, most) => /* @__PURE__ */ pipe(/* @__PURE__ */ number("must be a number"), /* @__PURE__ */ minValue(least, `must be at least ${least}`), /* @__PURE__ */ maxValue(most, `must be at most ${most}`));
var whole$1 = (least, most) => /* @__PURE__ */ pipe(within$1(least, most), /* @__PURE__ */ integer$1("must be a whole number"));
/** Any whole number; engines take its last 32 bits. */
var seed = /* @__PURE__ */ pipe(/* @__PURE__ */ number("must be a number"), /* @__PURE__ */ safeInteger("must be a whole number"), /* @__PURE__ */ transform((value) => Number(BigInt.asUintN(32, BigInt(value)))));
var stop = /* @__PURE__ */ pipe(/* @__PURE__ */ union([/* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ transform((one) => [one])), /* @__PURE__ */ pipe(/* @__PURE__ */ array(/* @__PURE__ */ string()), /* @__PURE__ */ maxLength(4, "takes four texts at most"))], "must be a text or a list of texts"), /* @__PURE__ */ check((texts) => !texts.includes(""), "has an empty text"));
/** What every interface that writes text takes, under OpenAI's names. */
var writingFields = {
	temperature: maybe(within$1(0, 2)),
	top_p: maybe(within$1(0, 1)),
	seed: maybe(seed),
	stop: maybe(stop)
};
/** Where a request does not say it: greedy, small models repeat themselves. */
var usualTemperature = .7;
/** The same as a job takes it. */
var writingOf = ({ temperature, top_p, seed: chosen, stop: ends }) => ({
	temperature: Math.round((temperature ?? usualTemperature) * 1e3),
	topP: Math.max(1, Math.round((top_p ?? 1) * 1e3)),
	...chosen === void 0 ? {} : { seed: chosen },
	...ends === void 0 ? {} : { stop: ends }
});
var isNot = (...harmless) => (value) => !harmless.includes(value);
var isFilled = (value) => typeof value === "object" && value !== null && Object.keys(value).length > 0;
/** Of all that write text. */
var unsupportedWriting = {
	logprobs: isNot(false, 0),
	top_logprobs: isNot(0),
	logit_bias: isFilled,
	frequency_penalty: isNot(0),
	presence_penalty: isNot(0),
	suffix: isNot(""),
	best_of: isNot(1),
	echo: isNot(false)
};
// sdk/openai/chat-request.ts
/** A request for a chat completion, parsed: https://platform.openai.com/docs/api-reference/chat/create */
var text$1 = /* @__PURE__ */ string("must be a text");
var content = /* @__PURE__ */ union([text$1, /* @__PURE__ */ array(/* @__PURE__ */ variant$2("type", [
	/* @__PURE__ */ object({
		type: /* @__PURE__ */ literal("text"),
		text: text$1
	}),
	/* @__PURE__ */ object({
		type: /* @__PURE__ */ literal("refusal"),
		refusal: text$1
	}),
	/* @__PURE__ */ object({
		type: /* @__PURE__ */ literal("image_url"),
		image_url: /* @__PURE__ */ object({ url: text$1 })
	}),
	/* @__PURE__ */ object({
		type: /* @__PURE__ */ literal("input_audio"),
		input_audio: /* @__PURE__ */ object({
			data: text$1,
			format: /* @__PURE__ */ optional$1(text$1)
		})
	})
], "is of no known type"))], "must be a text or a list of parts");
var call = /* @__PURE__ */ object({
	id: text$1,
	type: /* @__PURE__ */ optional$1(/* @__PURE__ */ literal("function", "must be function")),
	function: /* @__PURE__ */ object({
		name: text$1,
		arguments: text$1
	})
});
var message = /* @__PURE__ */ variant$2("role", [
	/* @__PURE__ */ object({
		role: /* @__PURE__ */ picklist(["system", "developer"]),
		content
	}),
	/* @__PURE__ */ object({
		role: /* @__PURE__ */ literal("user"),
		content
	}),
	/* @__PURE__ */ object({
		role: /* @__PURE__ */ literal("assistant"),
		content: maybe(content),
		tool_calls: maybe(/* @__PURE__ */ array(call))
	}),
	/* @__PURE__ */ object({
		role: /* @__PURE__ */ literal("tool"),
		content,
		tool_call_id: text$1
	})
], "must have a role: system, developer, user, assistant or tool");
var name = /* @__PURE__ */ pipe(text$1, /* @__PURE__ */ regex(/^[\w.-]{1,64}$/, "must be 1 to 64 letters, digits, _, . or -"));
var tool = /* @__PURE__ */ object({
	type: /* @__PURE__ */ literal("function", "must be function"),
	function: /* @__PURE__ */ object({
		name,
		description: maybe(text$1),
		parameters: maybe(/* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ unknown())),
		strict: flag
	})
});
var toolChoice = /* @__PURE__ */ union([/* @__PURE__ */ picklist([
	"none",
	"auto",
	"required"
]), /* @__PURE__ */ object({
	type: /* @__PURE__ */ literal("function"),
	function: /* @__PURE__ */ object({ name })
})], "must be none, auto, required or a function");
var responseFormat = /* @__PURE__ */ variant$2("type", [
	/* @__PURE__ */ object({ type: /* @__PURE__ */ literal("text") }),
	/* @__PURE__ */ object({ type: /* @__PURE__ */ literal("json_object") }),
	/* @__PURE__ */ object({
		type: /* @__PURE__ */ literal("json_schema"),
		json_schema: /* @__PURE__ */ object({
			name: text$1,
			description: maybe(text$1),
			schema: maybe(/* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ unknown())),
			strict: flag
		})
	})
], "must be of type text, json_object or json_schema");
var schema = /* @__PURE__ */ object({
	model: modelField$1,
	messages: /* @__PURE__ */ pipe(/* @__PURE__ */ array(message, "must be a list"), /* @__PURE__ */ minLength(1, "must not be empty"), /* @__PURE__ */ maxLength(limits.maxMessages, `holds ${limits.maxMessages} at most`)),
	stream: flag,
	stream_options: maybe(/* @__PURE__ */ object({ include_usage: flag })),
	max_tokens: maybe(whole$1(1, 1e6)),
	max_completion_tokens: maybe(whole$1(1, 1e6)),
	n: maybe(whole$1(1, 8)),
	tools: maybe(/* @__PURE__ */ pipe(/* @__PURE__ */ array(tool), /* @__PURE__ */ maxLength(128, "holds 128 at most"))),
	tool_choice: maybe(toolChoice),
	parallel_tool_calls: flag,
	response_format: maybe(responseFormat),
	...writingFields
});
var always = () => true;
var hasAudio = (value) => Array.isArray(value) && value.includes("audio");
/** @throws Refusal 400 that names the field */
function chatRequestOf(body) {
	for (const old of ["functions", "function_call"]) if (Array.isArray(body[old]) || typeof body[old] === "object") {
		if (body[old] !== null) throw unsupported(old, `${old} is of the interface before 2023; send tools and tool_choice instead.`);
	}
	refuseUnsupported(body, {
		...unsupportedWriting,
		modalities: hasAudio,
		audio: always,
		web_search_options: always
	});
	return fieldsOf(schema, body);
}
// protocol/image.ts
/** Longest edge, pixels. A few hundred bytes can stand for a thousand times as many pixels. */
var maxEdge = 4096;
var startsWith = (bytes, first, at = 0) => first.every((value, index) => bytes[at + index] === value);
var jpeg = [
	255,
	216,
	255
];
var png = [
	137,
	80,
	78,
	71,
	13,
	10,
	26,
	10
];
/** `RIFF`, a length, `WEBP` */
var riff = [
	82,
	73,
	70,
	70
];
var webp = [
	87,
	69,
	66,
	80
];
/** The media type of an encoded image; undefined for anything else. */
var imageType = (bytes) => startsWith(bytes, jpeg) ? "image/jpeg" : startsWith(bytes, png) ? "image/png" : startsWith(bytes, riff) && startsWith(bytes, webp, 8) ? "image/webp" : void 0;
/** Whether these are the bytes of an image that a job may hold. */
function isImage(bytes) {
	const size = sizeOf(bytes);
	return size !== void 0 && size.every((edge) => edge >= 1 && edge <= maxEdge);
}
/** Width and height as the file says them. */
function sizeOf(bytes) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		switch (imageType(bytes)) {
			case "image/jpeg": return jpegSize(view);
			case "image/png": return [view.getUint32(16), view.getUint32(20)];
			case "image/webp": return webpSize(view);
			default: return;
		}
	} catch {
		return;
	}
}
/** From its first frame header (ITU-T T.81, B.2.2): segments before it are stepped over. */
function jpegSize(view) {
	for (let at = 2; view.getUint8(at) === 255;) {
		const marker = view.getUint8(at + 1);
		if (marker === 255) {
			at += 1;
			continue;
		}
		if (marker >= 192 && marker <= 207 && ![
			196,
			200,
			204
		].includes(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
		at += 2 + view.getUint16(at + 2);
	}
}
var lowBits = 16383;
/** By the kind of its first chunk: lossy, lossless, extended (RFC 9649, 2.5 to 2.7). */
function webpSize(view) {
	switch (view.getUint32(12)) {
		case 1448097824: return [view.getUint16(26, true) & lowBits, view.getUint16(28, true) & lowBits];
		case 1448097868: {
			const bits = view.getUint32(21, true);
			return [(bits & lowBits) + 1, (bits >>> 14 & lowBits) + 1];
		}
		case 1448097880: return [(view.getUint32(24, true) & 16777215) + 1, (view.getUint32(26, true) >>> 8) + 1];
		default: return;
	}
}
// sdk/openai/media.ts
/** What a job takes of one picture, bytes (protocol/job.ts). */
var maxImageBytes$1 = 204800;
/** Bytes of base64, with or without line breaks. @throws Refusal that names the field */
function base64Of(text, param) {
	try {
		return Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
	} catch {
		throw badField(param, "This is not base64.");
	}
}
/** @throws Refusal that names the field */
function imageOf(url, param) {
	const [, data] = /^data:image\/[\w.+-]+;base64,(.*)$/s.exec(url) ?? [];
	if (data === void 0) throw badField(param, "Pictures are taken as data: addresses with base64 (JPEG, PNG or WebP). An address elsewhere is not fetched: its host would learn who asks.");
	const image = base64Of(data, param);
	if (!isImage(image)) throw badField(param, "This is no JPEG, PNG or WebP of at most 4096 pixels a side.");
	if (image.length > maxImageBytes$1) throw badField(param, `The picture has ${image.length} bytes; a job takes ${maxImageBytes$1}. Make it smaller: 768 pixels a side are what models look at.`);
	return image;
}
// sdk/openai/tool-words.ts
var callOpening = "<tool_call>";
var callClosing = "</tool_call>";
/** What the model said when it called. Arguments that are not JSON stand as they are. */
var callText = ({ function: { name, arguments: given } }) => `${callOpening}\n{"name": ${JSON.stringify(name)}, "arguments": ${given.trim() === "" ? "{}" : given}}\n${callClosing}`;
/** What came of it, as a user's message. */
var resultText = (result) => `<tool_response>\n${result}\n</tool_response>`;
// sdk/openai/conversation.ts
/** @throws Refusal that names the part */
async function conversationOf(messages, { instructions = "", hear }) {
	const said = [];
	for (const [index, message] of messages.entries()) {
		const path = `messages.${index}`;
		const { text, images } = await contentOf(message.content ?? "", {
			path,
			hear
		});
		if (message.role === "tool") addResult(said, text);
		else if (message.role === "assistant") said.push({
			role: "assistant",
			content: [text, ...(message.tool_calls ?? []).map(callText)].filter((piece) => piece !== "").join("\n"),
			images: []
		});
		else said.push({
			role: message.role === "user" ? "user" : "system",
			content: text,
			images: [...images]
		});
		if (images.length > 0 && message.role !== "user") throw badField(`${path}.content`, "Pictures are taken from the user only.");
	}
	const whole = withInstructions(said, instructions).filter(({ content, images }) => content !== "" || images.length > 0);
	if (whole.flatMap(({ images }) => images).length > limits.maxImages) throw badField("messages", `A conversation holds ${limits.maxImages} pictures at most.`);
	if (whole.length === 0 || whole.at(-1)?.role === "system") throw badField("messages", "There is nothing to answer: the last message must be of the user, a tool, or the assistant (to be continued).");
	return whole;
}
/** Results of calls that were made together come together. */
function addResult(said, result) {
	const last = said.at(-1);
	const text = resultText(result);
	if (last?.role === "user" && last.content.endsWith("</tool_response>")) said[said.length - 1] = {
		...last,
		content: `${last.content}\n${text}`
	};
	else said.push({
		role: "user",
		content: text,
		images: []
	});
}
function withInstructions(said, instructions) {
	if (instructions === "") return said;
	const [first, ...others] = said;
	return first?.role === "system" ? [{
		...first,
		content: `${first.content}\n\n${instructions}`
	}, ...others] : [{
		role: "system",
		content: instructions,
		images: []
	}, ...said];
}
async function contentOf(content, { path, hear }) {
	if (typeof content === "string") return {
		text: content,
		images: []
	};
	const texts = [];
	const images = [];
	for (const [index, part] of content.entries()) {
		const at = `${path}.content.${index}`;
		if (part.type === "text") texts.push(part.text);
		if (part.type === "refusal") texts.push(part.refusal);
		if (part.type === "image_url") images.push(imageOf(part.image_url.url, `${at}.image_url.url`));
		if (part.type === "input_audio") texts.push(await hear(part, `${at}.input_audio`));
	}
	return {
		text: texts.join("\n"),
		images
	};
}
// sdk/openai/exchange.ts
/** One request on its way to an answer: what every route is handed. */
/** Names of answers: `chatcmpl-` and 128 random bits. */
var freshId = (kind) => `${kind}-${toHex(randomBytes$3(16))}`;
/** s since 1970, as OpenAI's `created`. */
var secondsOf = ({ options }) => Math.floor(options.clock.now() / 1e3);
/** The level that a request asks for in its headers. */
var levelHeader = ({ request }) => request.headers.get("x-bombyx-level");
var json = (body, headers = {}) => new Response(JSON.stringify(body), { headers: {
	"content-type": "application/json; charset=utf-8",
	...headers
} });
// protocol/wire.ts
/** A small schema language for bytes: each field knows how to write and read itself, and the types are inferred. */
/** Reads big-endian fields in order; every read is checked against the end. */
var Reader = class {
	#bytes;
	#view;
	#offset = 0;
	constructor(bytes) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	#advance(length) {
		const start = this.#offset;
		if (start + length > this.#bytes.length) throw new NetworkError("bad-message", "ends too early");
		this.#offset = start + length;
		return start;
	}
	number(size) {
		const at = this.#advance(size);
		return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
	}
	bigint() {
		return this.#view.getBigUint64(this.#advance(8));
	}
	/** A view, not a copy: valid as long as the frame it came from. */
	bytes(length) {
		const start = this.#advance(length);
		return this.#bytes.subarray(start, start + length);
	}
	get remaining() {
		return this.#bytes.length - this.#offset;
	}
	/** @throws NetworkError `bad-message` when something is left */
	end() {
		if (this.remaining > 0) throw new NetworkError("bad-message", `${this.remaining} bytes too many`);
	}
};
/** Writes big-endian fields into a buffer that grows. */
var Writer = class {
	#bytes = /* @__PURE__ */ new Uint8Array(256);
	#view = new DataView(this.#bytes.buffer);
	#length = 0;
	#grow(length) {
		const start = this.#length;
		this.#length += length;
		if (this.#length > this.#bytes.length) {
			const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
			larger.set(this.#bytes);
			this.#bytes = larger;
			this.#view = new DataView(larger.buffer);
		}
		return start;
	}
	number(value, size) {
		if (!Number.isInteger(value) || value < 0 || value >= 2 ** (size * 8)) throw new RangeError(`${value} does not fit ${size} bytes`);
		const at = this.#grow(size);
		if (size === 1) this.#view.setUint8(at, value);
		else if (size === 2) this.#view.setUint16(at, value);
		else this.#view.setUint32(at, value);
	}
	bigint(value) {
		if (value < 0n || value >= 1n << 64n) throw new RangeError(`${value} does not fit 8 bytes`);
		const at = this.#grow(8);
		this.#view.setBigUint64(at, value);
	}
	bytes(value) {
		const at = this.#grow(value.length);
		this.#bytes.set(value, at);
	}
	/** A copy of all that was written. */
	finish() {
		return this.#bytes.slice(0, this.#length);
	}
};
var unsigned = (size) => ({
	write: (writer, value) => writer.number(value, size),
	read: (reader) => reader.number(size)
});
/** Unsigned big-endian integers. */
var u8 = unsigned(1);
var u16 = unsigned(2);
var u32$1 = unsigned(4);
/** A signed 32-bit integer, two's complement. */
var i32 = {
	write: (writer, value) => {
		if ((value | 0) !== value) throw new RangeError(`${value} does not fit 4 bytes`);
		writer.number(value >>> 0, 4);
	},
	read: (reader) => reader.number(4) | 0
};
var u64 = {
	write: (writer, value) => writer.bigint(value),
	read: (reader) => reader.bigint()
};
/** Exactly `length` bytes; read as a copy. */
var bytes = (length) => ({
	write: (writer, value) => {
		if (value.length !== length) throw new RangeError(`${value.length} bytes instead of ${length}`);
		writer.bytes(value);
	},
	read: (reader) => own(reader.bytes(length))
});
/** An id: `length` bytes on the wire, hex in the program. */
var id$1 = (length) => ({
	write: (writer, value) => bytes(length).write(writer, fromHex(value)),
	read: (reader) => toHex(reader.bytes(length))
});
/** Up to `max` bytes after a u32 length; read as a copy. */
var blob = (max) => ({
	write: (writer, value) => {
		if (value.length > max) throw new NetworkError("too-large", `${value.length} of ${max} bytes`);
		writer.number(value.length, 4);
		writer.bytes(value);
	},
	read: (reader) => {
		const length = reader.number(4);
		if (length > max) throw new NetworkError("bad-message", `a field of ${length} bytes, ${max} allowed`);
		return own(reader.bytes(length));
	}
});
/** Up to `max` finite 32-bit floats, little-endian, as a blob. */
var floats = (max) => ({
	write: (writer, values) => {
		const source = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(values.length * 4));
		for (const [index, value] of values.entries()) source.setFloat32(index * 4, value, true);
		blob(max * 4).write(writer, new Uint8Array(source.buffer));
	},
	read: (reader) => {
		const source = blob(max * 4).read(reader);
		const view = new DataView(source.buffer);
		const values = Float32Array.from({ length: source.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
		if (source.length % 4 !== 0 || !values.every(Number.isFinite)) throw new NetworkError("bad-message", "not finite numbers");
		return values;
	}
});
/** UTF-8 text of up to `max` bytes. */
var text = (max) => ({
	write: (writer, value) => blob(max).write(writer, utf8(value)),
	read: (reader) => fromUtf8(blob(max).read(reader))
});
/** Up to `max` items after a u16 count. */
var list = (item, max) => ({
	write: (writer, values) => {
		if (values.length > max) throw new NetworkError("too-large", `${values.length} of ${max} items`);
		writer.number(values.length, 2);
		for (const value of values) item.write(writer, value);
	},
	read: (reader) => {
		const count = reader.number(2);
		if (count > max) throw new NetworkError("bad-message", `${count} items, ${max} allowed`);
		return Array.from({ length: count }, () => item.read(reader));
	}
});
/** One of a fixed list of words, as one byte. */
var word = (words) => ({
	write: (writer, value) => writer.number(words.indexOf(value), 1),
	read: (reader) => {
		const value = words[reader.number(1)];
		if (value === void 0) throw new NetworkError("bad-message", "not a known word");
		return value;
	}
});
/** A value or nothing, after one byte that says which. */
var optional = (item) => ({
	write: (writer, value) => {
		writer.number(value === void 0 ? 0 : 1, 1);
		if (value !== void 0) item.write(writer, value);
	},
	read: (reader) => {
		const flag = reader.number(1);
		if (flag > 1) throw new NetworkError("bad-message", "not a flag");
		return flag === 1 ? item.read(reader) : void 0;
	}
});
/** All that is left; only as the last field. Read as a copy. */
var rest = (max) => ({
	write: (writer, value) => {
		if (value.length > max) throw new NetworkError("too-large", `${value.length} of ${max} bytes`);
		writer.bytes(value);
	},
	read: (reader) => {
		if (reader.remaining > max) throw new NetworkError("bad-message", "too many bytes");
		return own(reader.bytes(reader.remaining));
	}
});
/** Fields in the order they are written down. */
var struct = (fields) => {
	const entries = Object.entries(fields);
	return {
		write: (writer, value) => {
			for (const [name, field] of entries) field.write(writer, value[name]);
		},
		read: (reader) => Object.fromEntries(entries.map(([name, field]) => [name, field.read(reader)]))
	};
};
/** One of several structs, after one byte that says which: its name is the field `key`. */
var variant = (key, options) => {
	const which = word(Object.keys(options));
	const of = (name) => {
		const option = options[name];
		if (!option) throw new NetworkError("bad-message", "not a known word");
		return option;
	};
	return {
		write: (writer, value) => {
			const name = value[key];
			const option = of(name);
			which.write(writer, name);
			option.write(writer, value);
		},
		read: (reader) => {
			const name = which.read(reader);
			return {
				[key]: name,
				...of(name).read(reader)
			};
		}
	};
};
/** Bytes of one value. */
function encode(wire, value) {
	const writer = new Writer();
	wire.write(writer, value);
	return writer.finish();
}
/** One value from bytes that hold nothing else. @throws NetworkError `bad-message` */
function decode(wire, source) {
	const reader = new Reader(source);
	const value = wire.read(reader);
	reader.end();
	return value;
}
// protocol/statement.ts
init_sha2();
/** The bytes to sign. */
var writeStatement = (kind, value) => concat$1(utf8(kind.label), Uint8Array.of(0), encode(kind.fields, value));
/** The fields of signed bytes; the signature is checked elsewhere. @throws NetworkError `bad-message` */
function readStatement(kind, statement) {
	const prefix = concat$1(utf8(kind.label), Uint8Array.of(0));
	if (!equal(statement.subarray(0, prefix.length), prefix)) throw new NetworkError("bad-message", `not ${kind.label}`);
	return decode(kind.fields, statement.subarray(prefix.length));
}
/** SHA-256 of all parts in order. */
var hash = (...parts) => own(sha256$2(concat$1(...parts)));
// protocol/task.ts
/** What a node can be asked for; the bodies of such jobs are in `job.ts`, out of the relay's reach. */
var tasks = [
	"chat",
	"image-text",
	"embeddings",
	"transcription",
	"classify",
	"video"
];
// protocol/models.ts
/** The catalogue of models: data in `public/models.json`, checked here. A model's hash is the hash of its manifest, so that a name can't be swapped. */
/** Bytes that one hash of `chunks` covers. */
var chunkBytes = 4194304;
var path = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/, "a relative path without dots"));
var sha256$1 = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[0-9a-f]{64}$/, "SHA-256 in hex"));
/** What a branch holds can change; a commit can't. */
var pinned = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^https:\/\/[\w.-]+\/[\w.~/%+-]*\/[0-9a-f]{40}\/[\w.~/%+-]*$/, "an https address that names a commit"));
var pinnedFolder = /* @__PURE__ */ pipe(pinned, /* @__PURE__ */ endsWith("/", "a slash at its end"));
var files = /* @__PURE__ */ pipe(/* @__PURE__ */ array(/* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	path,
	bytes: /* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ integer$1(), /* @__PURE__ */ minValue(1)),
	sha256: sha256$1,
	/** Of each `chunkBytes` of a file that is larger than that: a damaged byte costs one chunk. */
	chunks: /* @__PURE__ */ optional$1(/* @__PURE__ */ array(sha256$1)),
	/** Where it is, when not below the source of its model. */
	url: /* @__PURE__ */ optional$1(pinned)
}), /* @__PURE__ */ check(({ bytes, chunks }) => (chunks?.length ?? 1) === Math.ceil(bytes / (chunks ? chunkBytes : bytes)), "a hash for each chunk"))), /* @__PURE__ */ minLength(1), /* @__PURE__ */ maxLength(1024));
/** Where the files are: a folder below the app's own origin, or one that a commit pins. */
var source = /* @__PURE__ */ union([path, pinnedFolder]);
var features = /* @__PURE__ */ array(/* @__PURE__ */ string());
var dtype = /* @__PURE__ */ picklist([
	"fp32",
	"fp16",
	"q8",
	"q4",
	"q4f16"
]);
var manifest = /* @__PURE__ */ variant$2("engine", [
	/* @__PURE__ */ strictObject({
		engine: /* @__PURE__ */ literal("transformers"),
		source,
		/** Of all its parts, or of each by its name. */
		dtype: /* @__PURE__ */ union([dtype, /* @__PURE__ */ record(/* @__PURE__ */ string(), dtype)]),
		/** How the vectors of tokens become one of the text; by their mean where it is not said. */
		pooling: /* @__PURE__ */ optional$1(/* @__PURE__ */ picklist([
			"mean",
			"first",
			"last"
		])),
		files
	}),
	/* @__PURE__ */ strictObject({
		engine: /* @__PURE__ */ literal("wllama"),
		source,
		files
	}),
	/* @__PURE__ */ strictObject({
		engine: /* @__PURE__ */ literal("webllm"),
		source,
		library: path,
		features,
		files
	}),
	/* @__PURE__ */ strictObject({
		engine: /* @__PURE__ */ literal("webllm-list"),
		/** The id in WebLLM's own list, which names weights and compiled library for its version; neither is pinned by hash. */
		modelId: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ maxLength(96)),
		version: /* @__PURE__ */ string(),
		features
	})
]);
var id = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^[\w.-]{1,64}$/));
var catalogue$2 = /* @__PURE__ */ strictObject({ models: /* @__PURE__ */ pipe(/* @__PURE__ */ array(/* @__PURE__ */ strictObject({
	id,
	/** The same model for another engine or another kind of GPU has the same family; a device offers one of them. */
	family: /* @__PURE__ */ optional$1(id),
	label: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ maxLength(96)),
	/** Small enough to ship with the app; shows that all works, not what models can do. */
	demo: /* @__PURE__ */ boolean(),
	licence: /* @__PURE__ */ string(),
	/** What it can do; without it, chat. */
	tasks: /* @__PURE__ */ optional$1(/* @__PURE__ */ pipe(/* @__PURE__ */ array(/* @__PURE__ */ picklist(tasks)), /* @__PURE__ */ minLength(1))),
	downloadBytes: /* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ integer$1(), /* @__PURE__ */ minValue(0)),
	/** What it takes of the GPU's memory with a full context; a hint, for no browser says how much there is. */
	memoryBytes: /* @__PURE__ */ optional$1(/* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ integer$1(), /* @__PURE__ */ minValue(1))),
	contextTokens: /* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ integer$1(), /* @__PURE__ */ minValue(16)),
	manifest
})), /* @__PURE__ */ minLength(1), /* @__PURE__ */ maxLength(256)) });
/** The entries of a catalogue file. @throws NetworkError `bad-message` that names the first wrong field */
function parseCatalogue(json) {
	const parsed = /* @__PURE__ */ safeParse(catalogue$2, json);
	if (parsed.success) return parsed.output.models;
	const issue = parsed.issues[0];
	throw new NetworkError("bad-message", `catalogue: ${/* @__PURE__ */ getDotPath(issue) ?? ""} ${issue.message}`);
}
var tasksOf = ({ tasks: can }) => can ?? ["chat"];
/** SHA-256 of the manifest with its keys sorted: but for WebLLM's own list it covers every byte that the engine loads. */
var hashOfModel = (model) => toHex(hash(utf8(canonical(model.manifest))));
function canonical(value) {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	return `{${Object.entries(value).toSorted(([left], [right]) => left < right ? -1 : 1).map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(",")}}`;
}
// sdk/openai/network.ts
var levels = ["mine", "network"];
// sdk/openai/model-choice.ts
/** The name under which a model is listed: variants of one family are one model. */
var nameOf$1 = ({ id, family }) => family ?? id;
/** @throws Refusal 404 where there is no such model, 400 where it can't do the task, or nobody of one's own is paired */
async function chooseModel({ network, level: usual }, { name, header, task }) {
	const [plain = "", suffix] = name.split("@");
	const level = levelOf(suffix ?? header ?? usual, suffix === void 0 ? void 0 : "model");
	const meant = (await network.catalogue()).filter((entry) => entry.id === plain || nameOf$1(entry) === plain);
	if (meant.length === 0) throw new Refusal({
		status: 404,
		message: `There is no model ${JSON.stringify(plain.slice(0, 96))} here. GET /v1/models lists them.`,
		param: "model",
		code: "model_not_found"
	});
	const able = meant.filter((entry) => tasksOf(entry).includes(task));
	if (able.length === 0) throw new Refusal({
		status: 400,
		message: `This model does not do ${task}; it does ${tasksOf(meant[0]).join(", ")}.`,
		param: "model",
		code: "unsupported_model"
	});
	const only = level === "mine" ? network.mine() : void 0;
	if (only?.size === 0) throw new Refusal({
		status: 403,
		message: "No device of yours is paired with this client, so nobody was asked. Pair one first, or ask the network.",
		type: "permission_error",
		param: "model",
		code: "not_paired"
	});
	return {
		name,
		entry: able.length === 1 ? able[0] : mostOffered(able, await network.directory(), only),
		level,
		only
	};
}
/** The level of one request. @throws Refusal that names where it was said */
function levelOf(said, param) {
	const found = levels.find((level) => level === said);
	if (!found) throw badField(param, `Who may answer is said as ${levels.join(" or ")}, in the header x-bombyx-level or behind an @ in the model's name.`);
	return found;
}
/** The variant that most computers offer; the first one where nobody offers any. */
function mostOffered(entries, records, only) {
	const offering = (entry) => {
		const hash = hashOfModel(entry);
		return records.filter(({ node, models }) => (only === void 0 || only.has(node)) && models.some(({ model }) => model === hash)).length;
	};
	return entries.toSorted((left, right) => offering(right) - offering(left))[0];
}
// sdk/openai/output.ts
/** Text as it is. */
var plainReader = () => ({
	push: (text) => text === "" ? [] : [{
		is: "text",
		text
	}],
	end: () => []
});
/** The longest end of `text` that could be the start of `mark`. */
function startOfMark(text, mark) {
	for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1) if (mark.startsWith(text.slice(-length))) return length;
	return 0;
}
var opening = "<think>";
var closing = "</think>";
/** Takes out what a reasoning model thinks before it answers, `<think>` to `</think>` at the very beginning; the rest goes to `inner`. */
function reasoningReader(inner) {
	let state = "before";
	let held = "";
	const read = (text) => {
		held += text;
		if (state === "before") {
			const start = held.trimStart();
			if (start.length < 7 && opening.startsWith(start)) return [];
			if (!start.startsWith(opening)) state = "answering";
			else {
				state = "thinking";
				held = start.slice(7).replace(/^\n/, "");
			}
		}
		if (state === "thinking") return think();
		if (state === "after") {
			held = held.trimStart();
			if (held === "") return [];
			state = "answering";
		}
		const told = held;
		held = "";
		return [...inner.push(told)];
	};
	const think = () => {
		const end = held.indexOf(closing);
		const sure = end === -1 ? held.length - startOfMark(held, closing) : end;
		const parts = sure > 0 ? [{
			is: "reasoning",
			text: held.slice(0, sure)
		}] : [];
		held = held.slice(end === -1 ? sure : end + 8);
		if (end === -1) return parts;
		state = "after";
		return [...parts, ...read("")];
	};
	return {
		push: (text) => read(text),
		end: () => {
			const rest = held;
			held = "";
			if (state === "thinking") return rest === "" ? [] : [{
				is: "reasoning",
				text: rest
			}];
			return [...rest === "" || state === "after" ? [] : inner.push(rest), ...inner.end()];
		}
	};
}
// sdk/openai/provenance.ts
/** Who gave an answer, what it cost and who could see what of it: told in headers and in the `bombyx` field. The facts are those of docs/threats.md. */
/** What is known of one answer so far. Feed it every event. */
var Provenance = class {
	#model;
	#bound = [];
	#receipts = [];
	#moved = false;
	#tokens = 0;
	constructor(model) {
		this.#model = model;
	}
	hear(event) {
		if (event.type === "bound") this.#bound.push(event);
		if (event.type === "moved") this.#moved = true;
		if (event.type === "text" || event.type === "item") this.#tokens += event.tokens;
		if (event.type === "resuming" && !event.kept) this.#tokens = 0;
		if (event.type === "done") this.#receipts.push(event.receipt);
	}
	/** Counts that the last receipt proves; before it, what was seen. */
	get usage() {
		const last = this.#receipts.at(-1);
		const cached = last?.counts.cached ?? 0;
		const prompt = (last?.counts.prompt ?? 0) + cached;
		return {
			prompt_tokens: prompt,
			completion_tokens: this.#tokens,
			total_tokens: prompt + this.#tokens,
			prompt_tokens_details: { cached_tokens: cached },
			completion_tokens_details: { reasoning_tokens: last?.counts.reasoning ?? 0 }
		};
	}
	/** Why it ended, as its receipt says. */
	get reason() {
		return this.#receipts.at(-1)?.reason;
	}
	/** Nano-coins, as the receipts say. */
	get price() {
		return this.#receipts.reduce((sum, { price }) => sum + price, 0n);
	}
	get route() {
		return this.#moved ? "turn" : this.#bound.at(-1)?.route ?? "none";
	}
	/** What is known when the answer begins, and for a whole answer also what came of it. */
	headers() {
		const node = this.#bound.at(-1)?.node;
		const receipt = this.#receipts.at(-1);
		return {
			"x-bombyx-level": this.#model.level,
			...node ? {
				"x-bombyx-node": node,
				"x-bombyx-route": this.route,
				"x-bombyx-who-could-see": JSON.stringify(this.#whoCouldSee())
			} : {},
			...receipt ? {
				"x-bombyx-receipt": "checked",
				"x-bombyx-price": String(this.price)
			} : {}
		};
	}
	/** The same for a body, with the receipt. */
	body() {
		return {
			level: this.#model.level,
			route: this.route,
			model: {
				id: this.#model.entry.id,
				hash: hashOfModel(this.#model.entry)
			},
			nodes: this.#bound.map(({ node }) => node),
			relays: [...new Set(this.#bound.filter(({ route }) => route === "relayed").map(({ relay = "" }) => relay || "own"))],
			payment: this.#bound.at(-1)?.payment ?? "free",
			/** Nano-coins; a string, for it may be larger than a number of JSON holds. */
			price: String(this.price),
			receipts: this.#receipts.map(receiptBody),
			who_could_see: this.#whoCouldSee()
		};
	}
	#whoCouldSee() {
		const direct = this.route === "direct";
		const computers = [...new Set(this.#bound.map(({ node }) => `node ${node}`))];
		return {
			text: computers,
			address: [
				...direct ? computers : [],
				"relay",
				...this.route === "turn" ? ["turn server"] : [],
				"network provider"
			],
			time_and_size: [
				"relay",
				...computers,
				...this.route === "turn" ? ["turn server"] : [],
				"network provider"
			],
			price: this.price > 0n ? [...computers, "relay"] : []
		};
	}
};
/** A receipt that this client checked against what it saw itself. */
var receiptBody = ({ handle, node, model, counts, price, reason, request, answer, hour }) => ({
	checked: true,
	handle,
	node,
	model,
	counts,
	price: String(price),
	reason,
	request: toHex(request),
	answer: toHex(answer),
	hour
});
// sdk/openai/sse.ts
/** Server-sent events: an answer as it comes, with a comment where nothing else is to be said. */
/** Proxies and clients give up a silent line. */
var keepAliveMs = 1e4;
var write$1 = (event) => "comment" in event ? `: ${event.comment}\n\n` : `${event.event === void 0 ? "" : `event: ${event.event}\n`}data: ${JSON.stringify(event.data)}\n\n`;
/** The error as an event of chat completions. */
var errorEvent = (error) => [{ data: refusalOf(error).body }];
/**
* Streams `events` once the first of them is there, so that what fails before has its status. Later failures are events.
* @throws what the first event failed with
*/
async function sseResponse(events, options) {
	const { clock, asking, headers, failed, last } = options;
	let next = events.next();
	const first = await orSilence(next, clock);
	if (first?.done) throw new NetworkError("internal", "an answer without any event");
	let isFirst = true;
	const lines = async () => {
		const told = isFirst ? first : await orSilence(next, clock);
		isFirst = false;
		if (!told) return {
			text: write$1({ comment: "keep-alive" }),
			isLast: false
		};
		if (told.done) return {
			text: last === void 0 ? "" : `data: ${last}\n\n`,
			isLast: true
		};
		next = events.next();
		next.catch(() => {});
		return {
			text: write$1(told.value),
			isLast: false
		};
	};
	const body = new ReadableStream({
		async pull(controller) {
			const { text, isLast } = await lines().catch((error) => ({
				text: [...failed(error).map(write$1), ...last === void 0 ? [] : [`data: ${last}\n\n`]].join(""),
				isLast: true
			}));
			if (text !== "") controller.enqueue(utf8(text));
			if (isLast) controller.close();
		},
		cancel() {
			asking.abort(new NetworkError("cancelled", "the reader left"));
			Promise.resolve(events.return?.()).catch(() => {});
		}
	});
	return new Response(body, { headers: {
		"content-type": "text/event-stream; charset=utf-8",
		"cache-control": "no-cache",
		"x-accel-buffering": "no",
		...headers()
	} });
}
/** The next of the events; undefined when it takes long. */
async function orSilence(next, clock) {
	const waiting = new AbortController();
	try {
		return await Promise.race([next, clock.sleep(keepAliveMs, waiting.signal).then(() => void 0, () => void 0)]);
	} finally {
		waiting.abort();
	}
}
// sdk/openai/chat-shapes.ts
var finishOf = (reason, calls) => calls && reason === "stop" ? "tool_calls" : reason;
/** Tokens of all answers, and where each came from. */
function usageOf(provenances) {
	const all = provenances.map(({ usage }) => usage);
	const sum = (of) => all.reduce((total, usage) => total + of(usage), 0);
	return {
		prompt_tokens: sum((usage) => usage.prompt_tokens),
		completion_tokens: sum((usage) => usage.completion_tokens),
		total_tokens: sum((usage) => usage.total_tokens),
		prompt_tokens_details: { cached_tokens: sum((usage) => usage.prompt_tokens_details.cached_tokens) },
		completion_tokens_details: { reasoning_tokens: sum((usage) => usage.completion_tokens_details.reasoning_tokens) },
		bombyx: { answers: provenances.map((provenance) => provenance.body()) }
	};
}
/** The chunks of a stream. */
var ChatChunks = class {
	#about;
	#includesUsage;
	#begun = /* @__PURE__ */ new Set();
	#called = /* @__PURE__ */ new Set();
	constructor(about, { usage }) {
		this.#about = about;
		this.#includesUsage = usage;
	}
	*of(choice, told) {
		if (told.is === "waiting") return yield { comment: told.comment };
		if (!this.#begun.has(choice)) {
			this.#begun.add(choice);
			yield this.#chunk(choice, {
				role: "assistant",
				content: ""
			});
		}
		switch (told.is) {
			case "text": return yield this.#chunk(choice, { content: told.text });
			case "reasoning": return yield this.#chunk(choice, { reasoning_content: told.text });
			case "call":
				this.#called.add(choice);
				return yield this.#chunk(choice, { tool_calls: [{
					index: told.index,
					id: told.id,
					type: "function",
					function: {
						name: told.name,
						arguments: ""
					}
				}] });
			case "arguments": return yield this.#chunk(choice, { tool_calls: [{
				index: told.index,
				function: { arguments: told.text }
			}] });
			case "end": return yield this.#chunk(choice, {}, finishOf(told.reason, this.#called.has(choice)));
		}
	}
	/** The last chunk, where it is asked for. */
	*usage(provenances) {
		if (this.#includesUsage) yield { data: {
			...this.#frame,
			choices: [],
			usage: usageOf(provenances)
		} };
	}
	get #frame() {
		const { id, created, model } = this.#about;
		return {
			id,
			object: "chat.completion.chunk",
			created,
			model,
			system_fingerprint: null
		};
	}
	#chunk(index, delta, finish = null) {
		return { data: {
			...this.#frame,
			choices: [{
				index,
				delta,
				logprobs: null,
				finish_reason: finish
			}],
			...this.#includesUsage ? { usage: null } : {}
		} };
	}
};
/** The messages of a whole answer. */
var ChatMessages = class {
	#about;
	#said;
	constructor(about, count) {
		this.#about = about;
		this.#said = Array.from({ length: count }, () => ({
			text: "",
			reasoning: "",
			calls: [],
			reason: "stop"
		}));
	}
	hear(choice, told) {
		const said = this.#said[choice];
		if (!said) return;
		if (told.is === "text") said.text += told.text;
		if (told.is === "reasoning") said.reasoning += told.text;
		if (told.is === "call") said.calls[told.index] = {
			id: told.id,
			name: told.name,
			arguments: ""
		};
		const call = told.is === "arguments" ? said.calls[told.index] : void 0;
		if (call && told.is === "arguments") call.arguments += told.text;
		if (told.is === "end") said.reason = told.reason;
	}
	body(provenances) {
		const { id, created, model } = this.#about;
		return {
			id,
			object: "chat.completion",
			created,
			model,
			system_fingerprint: null,
			choices: this.#said.map((said, index) => this.#choice(said, index)),
			usage: usageOf(provenances)
		};
	}
	#choice({ text, reasoning, calls, reason }, index) {
		const called = calls.map((call) => ({
			id: call.id,
			type: "function",
			function: {
				name: call.name,
				arguments: call.arguments
			}
		}));
		return {
			index,
			message: {
				role: "assistant",
				content: text === "" && called.length > 0 ? null : text,
				refusal: null,
				...reasoning === "" ? {} : { reasoning_content: reasoning },
				...called.length > 0 ? { tool_calls: called } : {}
			},
			logprobs: null,
			finish_reason: finishOf(reason, called.length > 0)
		};
	}
};
// protocol/queue.ts
/** A queue that is filled by calls and read as an async iterable: the bridge from sockets' events to our streams. */
/** Pushed in order, read once. Ends by `end()`, or throws to its reader by `fail()`, after what is queued was read. */
var Queue = class {
	#items = [];
	#readers = [];
	#over;
	#onTake;
	/** @param onTake is called with each item that is read */
	constructor(onTake) {
		this.#onTake = onTake;
	}
	/** How many wait to be read. */
	get length() {
		return this.#items.length;
	}
	push(item) {
		if (this.#over) return;
		this.#items.push(item);
		this.#wake();
	}
	end() {
		this.#over ??= "ended";
		this.#wake();
	}
	fail(error) {
		this.#over ??= { error };
		this.#wake();
	}
	/** The next item; undefined after the end. */
	async next() {
		return (await this.#next()).value;
	}
	/** Written out, not a generator: a relay reads a frame here for each that it forwards, and waits here on every idle link. */
	[Symbol.asyncIterator]() {
		return {
			next: () => this.#next(),
			return: () => this.#leave()
		};
	}
	#next() {
		return this.#readers.length === 0 && this.#isReady ? this.#answer() : new Promise((resolve) => this.#readers.push(resolve));
	}
	/** A reader that leaves in the middle never comes back: what waits for it is dropped. */
	async #leave() {
		this.#items.length = 0;
		this.end();
		return {
			done: true,
			value: void 0
		};
	}
	get #isReady() {
		return this.#items.length > 0 || this.#over !== void 0;
	}
	/** Serves those who wait, in their order. */
	#wake() {
		while (this.#readers.length > 0 && this.#isReady) this.#readers.shift()?.(this.#answer());
	}
	/** Call only when it is ready. */
	#answer() {
		if (this.#items.length > 0) return Promise.resolve({
			done: false,
			value: this.#take()
		});
		return this.#over === "ended" ? Promise.resolve({
			done: true,
			value: void 0
		}) : Promise.reject(this.#over.error);
	}
	/** Call only when there is an item. */
	#take() {
		const item = this.#items.shift();
		this.#onTake?.(item);
		return item;
	}
};
// sdk/openai/merge.ts
/** Several answers at once, told as they come. */
/** Numbers what each of `sources` yields. Fails with the first that fails, and ends them all when the reader leaves. */
async function* merged(sources) {
	const [only, ...others] = sources;
	if (only && others.length === 0) {
		for await (const item of only) yield {
			choice: 0,
			item
		};
		return;
	}
	const queue = new Queue();
	const runs = sources.map(async (source, choice) => {
		for await (const item of source) queue.push({
			choice,
			item
		});
	});
	Promise.all(runs).then(() => queue.end(), (error) => queue.fail(error));
	try {
		yield* queue;
	} finally {
		for (const source of sources) Promise.resolve(source.return()).catch(() => {});
	}
}
// sdk/openai/writing.ts
/** Tokens of an answer where a request does not say how many. */
var usualMaxTokens = 2048;
/** @param asked tokens; more than a job takes is what it takes */
var maxTokensOf = (asked, { entry }) => Math.min(asked ?? Math.min(usualMaxTokens, Math.ceil(entry.contextTokens / 2)), limits.maxTokens);
/** The job of a conversation: one about pictures where it has any. */
function conversationJob(messages, how) {
	if (messages.some(({ images }) => images.length > 0)) return {
		task: "image-text",
		messages,
		...how
	};
	return {
		task: "chat",
		messages: messages.map(({ role, content }) => ({
			role,
			content
		})),
		...how
	};
}
/** Asks, and tells as it comes. Throws NetworkError, and what the reader throws. */
async function* write({ options, asking }, { model, job, provenance, reader }) {
	const { network, priceCap, delivery } = options;
	const { entry, only } = model;
	for await (const event of network.ask({
		model: hashOfModel(entry),
		job: {
			...job,
			delivery
		},
		priceCap,
		signal: asking.signal,
		...only ? { only } : {}
	})) {
		provenance.hear(event);
		if (event.type === "waiting") yield {
			is: "waiting",
			comment: `queued position=${event.position} eta=${Math.ceil(event.etaMs / 1e3)}s`
		};
		if (event.type === "working") yield {
			is: "waiting",
			comment: "working for a free answer"
		};
		if (event.type === "bound") yield { is: "bound" };
		if (event.type === "resuming") yield {
			is: "waiting",
			comment: "another computer goes on"
		};
		if (event.type === "text") yield* reader.push(event.text);
	}
	yield* reader.end();
	yield {
		is: "end",
		reason: provenance.reason ?? "stop"
	};
}
// sdk/openai/chat.ts
/** `POST /v1/chat/completions` */
/** @throws Refusal, NetworkError */
async function chatCompletions(exchange) {
	const asked = chatRequestOf(await jsonOf(exchange.request));
	const hasPictures = asked.messages.some(({ content }) => Array.isArray(content) && content.some(({ type }) => type === "image_url"));
	const writings = await writingsOf(asked, await chooseModel(exchange.options, {
		name: asked.model,
		header: levelHeader(exchange),
		task: hasPictures ? "image-text" : "chat"
	}));
	const about = {
		id: freshId("chatcmpl"),
		created: secondsOf(exchange),
		model: asked.model
	};
	const told = merged(writings.map((writing) => write(exchange, writing)));
	return asked.stream ? streamed(exchange, {
		told,
		writings,
		chunks: new ChatChunks(about, { usage: asked.stream_options?.include_usage === true })
	}) : whole({
		told,
		writings,
		messages: new ChatMessages(about, writings.length)
	});
}
async function writingsOf(asked, model) {
	if (asked.tools?.length) throw unsupported("tools", "Tools come with the next commit.");
	if (asked.response_format && asked.response_format.type !== "text") throw unsupported("response_format", "Formats come with the next commit.");
	const job = conversationJob([...await conversationOf(asked.messages, { hear: async (_, path) => {
		throw unsupported(path, "Sound comes with the next commit.");
	} })], {
		...writingOf(asked),
		maxTokens: maxTokensOf(asked.max_completion_tokens ?? asked.max_tokens, model)
	});
	return Array.from({ length: asked.n ?? 1 }, (_, index) => ({
		model,
		provenance: new Provenance(model),
		reader: reasoningReader(plainReader()),
		job: index === 0 || job.task === void 0 ? job : withSeed(job, index)
	}));
}
var withSeed = (job, index) => "seed" in job && job.seed !== void 0 ? {
	...job,
	seed: job.seed + index >>> 0
} : job;
async function whole({ told, writings, messages }) {
	for await (const { choice, item } of told) messages.hear(choice, item);
	const provenances = writings.map(({ provenance }) => provenance);
	return json(messages.body(provenances), provenances[0]?.headers());
}
function streamed({ options, asking }, { told, writings, chunks }) {
	const provenances = writings.map(({ provenance }) => provenance);
	const events = async function* () {
		for await (const { choice, item } of told) yield* chunks.of(choice, item);
		yield* chunks.usage(provenances);
	};
	return sseResponse(events(), {
		clock: options.clock,
		asking,
		headers: () => provenances[0]?.headers() ?? {},
		failed: errorEvent,
		last: "[DONE]"
	});
}
// protocol/price.ts
/** Prices per class of token and the one place that rounds, in the payer's favour. */
/** Nano-coins per million tokens, by class. */
var pricesField = struct({
	prompt: u64,
	cached: u64,
	completion: u64,
	reasoning: u64
});
/** Tokens of one job, by class. */
var countsField = struct({
	prompt: u32$1,
	cached: u32$1,
	completion: u32$1,
	reasoning: u32$1
});
/** The classes of tokens, each with a count and a price of its own. */
var classes = [
	"prompt",
	"cached",
	"completion",
	"reasoning"
];
/** What `counts` cost at `prices`, nano-coins, rounded down. */
function priceOf(counts, prices) {
	return classes.reduce((sum, name) => sum + BigInt(counts[name]) * prices[name], 0n) / 1000000n;
}
/** Whether nothing is asked for any class of tokens. */
var isFree = (prices) => classes.every((name) => prices[name] === 0n);
// sdk/openai/model-list.ts
/** `GET /v1/models` and `GET /v1/models/{model}`: one entry for each family, with who offers it now. */
/** @throws NetworkError `offline` */
async function listModels(exchange) {
	return json({
		object: "list",
		data: await modelsOf(exchange.options.network)
	});
}
/** @throws Refusal 404 */
async function oneModel(exchange, name) {
	const found = (await modelsOf(exchange.options.network)).find(({ id, bombyx }) => id === name || bombyx.variants.includes(name));
	if (!found) throw new Refusal({
		status: 404,
		message: "There is no such model here. GET /v1/models lists them.",
		param: "model",
		code: "model_not_found"
	});
	return json(found);
}
/** Each model of the catalogue with who offers it now. Rejects with NetworkError `offline`. */
async function modelsOf(network) {
	const [entries, records] = await Promise.all([network.catalogue(), network.directory()]);
	return [...Map.groupBy(entries, nameOf$1)].map(([id, variants]) => modelOf(id, {
		variants,
		records
	}));
}
function modelOf(id, { variants, records }) {
	const hashes = new Set(variants.map(hashOfModel));
	const offers = records.flatMap(({ models }) => models.filter(({ model }) => hashes.has(model)));
	const prices = offers.map((offer) => offer.prices).toSorted((left, right) => sumOf(left) < sumOf(right) ? -1 : 1);
	return {
		id,
		object: "model",
		created: 0,
		owned_by: "bombyx",
		bombyx: {
			variants: variants.map((entry) => entry.id),
			label: variants[0]?.label ?? id,
			licence: variants[0]?.licence ?? "",
			tasks: [...new Set(variants.flatMap(tasksOf))],
			context_tokens: Math.max(...variants.map(({ contextTokens }) => contextTokens)),
			nodes: offers.length,
			prices: prices[0] ? Object.fromEntries(Object.entries(prices[0]).map(([name, price]) => [name, String(price)])) : null
		}
	};
}
var sumOf = (prices) => classes.reduce((sum, name) => sum + prices[name], 0n);
// sdk/openai/face.ts
/**
* The client role with OpenAI's face: a function from a request to an answer, for a gateway's server and for a page's `fetch` alike.
* Everything is sealed behind it; nothing is kept.
*/
var routes = {
	"GET /v1/models": listModels,
	"POST /v1/chat/completions": chatCompletions
};
var oneModelPath = /^\/v1\/models\/([^/]+)$/;
/** Answers a request; never throws. A caller that leaves (its signal, or its reading of the answer) ends the question. */
var openAiFace = (options) => async (request) => {
	const asking = new AbortController();
	const leave = () => asking.abort(new NetworkError("cancelled", "the caller left"));
	if (request.signal.aborted) leave();
	request.signal.addEventListener("abort", leave, { once: true });
	let response;
	try {
		response = await routeOf(request)({
			options,
			request,
			asking
		});
	} catch (error) {
		response = refused(refusalOf(error));
	}
	response.headers.set("x-request-id", freshId("req"));
	return response;
};
/** @throws Refusal 404, 405 */
function routeOf({ method, url }) {
	const { pathname } = new URL(url);
	const route = routes[`${method} ${pathname}`];
	if (route) return route;
	const model = method === "GET" ? oneModelPath.exec(pathname)?.[1] : void 0;
	if (model !== void 0) return (exchange) => oneModel(exchange, decoded(model));
	const others = Object.keys(routes).filter((known) => known.endsWith(` ${pathname}`)).map((known) => known.split(" ")[0]);
	if (others.length > 0) throw new Refusal({
		status: 405,
		message: `This address takes ${others.join(", ")}.`,
		code: "method_not_allowed"
	});
	throw new Refusal({
		status: 404,
		message: "There is no such address here. docs/gateway.md lists them.",
		code: "unknown_url"
	});
}
/** What is not encoded well names no model. */
function decoded(name) {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
/** A refusal as an answer. */
function refused({ status, body, retryAfter }) {
	const headers = {
		"content-type": "application/json; charset=utf-8",
		...retryAfter === void 0 ? {} : { "retry-after": String(retryAfter) }
	};
	return new Response(JSON.stringify(body), {
		status,
		headers
	});
}
// protocol/retry.ts
/** How long to wait before trying again: doubling, capped, with jitter, so that a relay that restarts is not met by all at once. Pure. */
var firstMs = 500;
var mostMs = 15e3;
/** Milliseconds before attempt `attempt` (0 is the first retry); `random` in [0, 1). */
var retryDelay = (attempt, random) => Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10)) * (.5 + random / 2);
// protocol/choose-relay.ts
/** Which of a person's relays a question goes to, by how each did lately and by who is there. Pure. */
/** Nothing is known, so nothing bad. */
var freshHealth = {
	failures: 0,
	lostAt: void 0,
	restsUntil: 0,
	failedAt: Number.NEGATIVE_INFINITY,
	waitMs: 0,
	waitUntil: 0
};
/** How long a failure is held against a relay that is there again, and how long a told wait is believed. */
var rememberedMs = 6e4;
/** Waits within one such step are alike. */
var waitStepMs = 1e4;
var afterFailure = (health, { now, random }) => ({
	...health,
	failures: health.failures + 1,
	lostAt: health.lostAt ?? now,
	restsUntil: now + retryDelay(health.failures, random),
	failedAt: now
});
var afterSuccess = (health) => health.failures === 0 ? health : {
	...health,
	failures: 0,
	lostAt: void 0,
	restsUntil: 0
};
/** It said that a question has to wait about so long; 0 where it does not know. */
var afterWait = (health, { now, waitMs }) => ({
	...health,
	waitMs,
	waitUntil: now + rememberedMs
});
/** It said that all are busy: the longest wait there is. */
var afterBusy = (health, now) => afterWait(health, {
	now,
	waitMs: limits.queueMs
});
/** From 4 on twice as many computers are no reason to leave the relay that is first in the list. */
var crowd = ({ nodes }) => Math.min(2, Math.floor(Math.log2(Math.max(1, nodes))));
/** Standings in the order in which they are to be tried: of equals the one that is first in the list. Those without a computer are left out. */
function rankRelays(standings, now) {
	const wait = ({ health }) => now < health.waitUntil ? Math.floor(health.waitMs / waitStepMs) : 0;
	const shaky = ({ health }) => now - health.failedAt < rememberedMs ? 1 : 0;
	const keys = [
		({ hasPreferred }) => hasPreferred ? 0 : 1,
		wait,
		shaky
	];
	const compare = (left, right) => {
		for (const key of keys) if (key(left) !== key(right)) return key(left) - key(right);
		if (left.price !== right.price) return left.price < right.price ? -1 : 1;
		return crowd(right) - crowd(left);
	};
	return standings.filter(({ nodes }) => nodes > 0).toSorted(compare);
}
// protocol/choose.ts
/** Up to `size` distinct nodes that offer the model, drawn without replacement (Efraimidis and Spirakis: largest u^(1/w)). */
function drawSet(records, options) {
	const { model, without, random, size = limits.defaultSet, weight = () => 1 } = options;
	return records.filter((record) => !without.has(record.node) && record.models.some((offered) => offered.model === model)).map((record) => ({
		node: record.node,
		key: random() ** (1 / Math.max(weight(record), 1e-6))
	})).toSorted((left, right) => right.key - left.key).slice(0, Math.min(size, limits.maxSet)).map(({ node }) => node);
}
// protocol/job.ts
/** What travels inside the seal to the node: the job, one typed body for each task. Strangers' fields never reach an engine unchecked (docs/protocol.md, section 5). */
/** Longest stop text, bytes. */
var maxStopBytes = 64;
var maxStops = 4;
var maxContentBytes = 262144;
/** Bytes of one encoded image: what 768 pixels a side take in good quality, twice. */
var maxImageBytes = 204800;
/** A JSON schema or a grammar takes time to compile. */
var maxFormatBytes = 16384;
var common = {
	maxTokens: u16,
	/** `stream`: fixed frames on a clock; `quiet`: one padded block at the end. */
	delivery: word(["stream", "quiet"]),
	/** Makes the commitment to this request unguessable. */
	salt: bytes(32)
};
/** How text is written, whatever it answers. */
var writing = {
	/** Thousandths; 0 is greedy. */
	temperature: u16,
	/** Thousandths of probability mass, 1..1000. */
	topP: u16,
	seed: optional(u32$1),
	stop: list(text(maxStopBytes), maxStops),
	/** What the answer must look like: JSON that a schema describes (an empty one: any object), or a grammar in GBNF whose first rule is `root`. */
	format: optional(struct({
		is: word(["json", "grammar"]),
		text: text(maxFormatBytes)
	}))
};
var role = word([
	"system",
	"user",
	"assistant"
]);
var image = blob(maxImageBytes);
var frame = struct({
	atMs: u32$1,
	image
});
var fields = variant("task", {
	/** Answers a conversation. A last message by `assistant` is unfinished and is to be continued. */
	chat: struct({
		...common,
		messages: list(struct({
			role,
			content: text(maxContentBytes)
		}), limits.maxMessages),
		...writing
	}),
	/** The same about images (JPEG, PNG or WebP); a message of images without a text asks for a caption. */
	"image-text": struct({
		...common,
		messages: list(struct({
			role,
			content: text(maxContentBytes),
			images: list(image, limits.maxImages)
		}), limits.maxMessages),
		...writing
	}),
	/** A vector for each text. */
	embeddings: struct({
		...common,
		inputs: list(text(limits.maxInputBytes), limits.maxInputs)
	}),
	/** Speech to text: 16 kHz, one channel, 4 bits a sample (audio.ts). `language` as in ISO 639-1; without it the model finds out. */
	transcription: struct({
		...common,
		audio: blob(limits.maxAudioBytes),
		language: optional(text(3))
	}),
	/** Which label fits, and how well. Without labels of the client's the model's own are taken. */
	classify: struct({
		...common,
		subject: variant("is", {
			text: struct({ text: text(limits.maxInputBytes) }),
			image: struct({ image })
		}),
		labels: list(text(128), limits.maxLabels)
	}),
	/** Frames of a film, which the client took out of it: a caption for each, a summary of all, or how well each fits what is searched for. */
	video: struct({
		...common,
		frames: list(frame, limits.maxImages),
		ask: word([
			"caption",
			"summary",
			"search"
		]),
		query: text(1024)
	})
});
var unsaid = {
	temperature: 0,
	topP: 1e3,
	seed: void 0,
	stop: [],
	format: void 0,
	delivery: "stream"
};
/** What a caller may leave out. Tasks that write nothing are bounded by what they read: one token is the least that can be matched. */
var defaults = {
	chat: {
		maxTokens: 512,
		...unsaid
	},
	"image-text": {
		maxTokens: 512,
		...unsaid
	},
	embeddings: {
		maxTokens: 1,
		delivery: "stream"
	},
	transcription: {
		maxTokens: 448,
		delivery: "stream",
		language: void 0
	},
	classify: {
		maxTokens: 1,
		delivery: "stream",
		labels: []
	},
	video: {
		maxTokens: 1024,
		delivery: "stream",
		query: ""
	}
};
/** A whole job from what the caller said. @throws NetworkError `bad-message` when a value is out of range */
var makeJob = (input) => requireJob({
	...defaults[input.task],
	...input,
	salt: randomBytes$3(32)
});
/** Bytes of a job. @throws NetworkError `too-large` */
var encodeJob = (job) => encode(fields, job);
function requireJob(job) {
	const problem = job.maxTokens < 1 || job.maxTokens > limits.maxTokens ? "maxTokens" : problemOf(job);
	if (problem !== void 0) throw new NetworkError("bad-message", `job: ${problem}`);
	return job;
}
function problemOf(job) {
	switch (job.task) {
		case "chat": return conversationProblem(job) ?? writingProblem(job);
		case "image-text": return conversationProblem(job) ?? imagesProblem(job.messages.flatMap(({ images }) => images)) ?? writingProblem(job);
		case "embeddings": return job.inputs.length === 0 || job.inputs.includes("") ? "an empty input" : void 0;
		case "transcription": return job.audio.length === 0 ? "no audio" : job.language !== void 0 && !/^[a-z]{2,3}$/.test(job.language) ? "language" : void 0;
		case "classify": return classifyProblem(job);
		default: return imagesProblem(job.frames.map((each) => each.image)) ?? videoProblem(job);
	}
}
var conversationProblem = ({ messages }) => messages.length === 0 ? "no messages" : messages.at(-1)?.role === "system" ? "nothing to answer" : void 0;
var writingProblem = ({ temperature, topP, stop, format }) => temperature > 2e3 ? "temperature" : topP < 1 || topP > 1e3 ? "topP" : stop.includes("") ? "an empty stop text" : format?.is === "json" && format.text !== "" && !isSchema(format.text) ? "not a JSON schema" : format?.is === "grammar" && !/^\s*root\s*::=/m.test(format.text) ? "a grammar without root" : void 0;
var imagesProblem = (images) => images.length === 0 ? "no image" : images.length > limits.maxImages ? "too many images" : images.every(isImage) ? void 0 : "neither JPEG, PNG nor WebP";
var classifyProblem = ({ subject, labels }) => subject.is === "image" && !isImage(subject.image) ? "neither JPEG, PNG nor WebP" : subject.is === "text" && subject.text === "" ? "nothing to classify" : labels.length === 1 || labels.includes("") || new Set(labels).size < labels.length ? "labels that say nothing" : void 0;
var videoProblem = ({ frames, ask, query }) => frames.some(({ atMs }, index) => atMs <= (frames[index - 1]?.atMs ?? -1)) ? "frames out of order" : ask === "search" && query.trim() === "" ? "nothing to search for" : void 0;
/** Levels of a schema: what walks it must not run out of stack. */
var maxSchemaDepth = 32;
function isSchema(source) {
	try {
		const schema = JSON.parse(source);
		return typeof schema === "object" && schema !== null && !Array.isArray(schema) && depthOf(schema) <= maxSchemaDepth;
	} catch {
		return false;
	}
}
var depthOf = (value) => typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
// protocol/result.ts
/** Longest item, bytes: a vector with its length. */
var maxItemBytes = 8192;
/** How sure, in ten-thousandths. */
var score = u16;
var items = {
	/** Of the next input, in their order; of length 1. */
	embeddings: struct({ vector: floats(limits.maxDimensions) }),
	/** What was said between two times of the sound. */
	transcription: struct({
		startMs: u32$1,
		endMs: u32$1,
		text: text(4096)
	}),
	/** The best label first. */
	classify: struct({
		label: text(256),
		score
	}),
	/** Of the next frame, in their order; a summary is one item over all of them. A search has scores, the others texts. */
	video: struct({
		startMs: u32$1,
		endMs: u32$1,
		text: text(4096),
		score
	})
};
var hasItems = (task) => Object.hasOwn(items, task);
/** An item that a node sent. @throws NetworkError `bad-message` */
var decodeItem = (task, source) => decode(items[task], source);
/** Most items that a job can have for an answer. */
function mostItems(job) {
	switch (job.task) {
		case "embeddings": return job.inputs.length;
		case "transcription": return 256;
		case "classify": return job.labels.length || limits.maxLabels;
		default: return job.ask === "summary" ? 1 : job.frames.length;
	}
}
/**
* What is left of a job after so many of its items have come: undefined where it can only be done anew, for what came stands for all of it.
* The items of the rest follow those that are there.
*/
function restOf(job, done) {
	if (done === 0) return job;
	if (job.task === "embeddings" && done < job.inputs.length) return {
		...job,
		inputs: job.inputs.slice(done)
	};
	if (job.task === "video" && job.ask !== "summary" && done < job.frames.length) return {
		...job,
		frames: job.frames.slice(done)
	};
}
// protocol/ton-address.ts
/** Addresses on TON: raw in the program (`0:` and 64 hex digits), in the friendly form for people (TEP-2). */
function rawOf(workchain, hash) {
	if (workchain !== 0 && workchain !== -1) throw new NetworkError("bad-address", "another workchain");
	return `${workchain}:${toHex(hash)}`;
}
/** Workchain and 32 bytes. */
function partsOf$1(address) {
	const [workchain = "", hash = ""] = address.split(":");
	return {
		workchain: Number(workchain),
		hash: fromHex(hash)
	};
}
var parts = struct({
	workchain: u8,
	hash: bytes(32)
});
/** 33 bytes: the workchain as one signed byte, the hash. */
var addressField = {
	write: (writer, value) => {
		const { workchain, hash } = partsOf$1(value);
		parts.write(writer, {
			workchain: workchain & 255,
			hash: own(hash)
		});
	},
	read: (reader) => {
		const { workchain, hash } = parts.read(reader);
		if (workchain !== 0 && workchain !== 255) throw new NetworkError("bad-message", "no such workchain");
		return rawOf(workchain << 24 >> 24, hash);
	}
};
/** The version in `hello`: absent it is 1, and what another version may have behind it is not looked at. */
var versionField = {
	write: (writer, value) => writer.number(value, 2),
	read: (reader) => {
		if (reader.remaining === 0) return 1;
		const version = reader.number(2);
		if (version !== 2) skipRest(reader);
		return version;
	}
};
var skipRest = (reader) => void reader.bytes(reader.remaining);
/** What it means that the first word of a relay is `failed`: only one of version 1 can't read a right `hello`. */
var refusedAtHello = (code) => code === "bad-message" ? "relay-outdated" : code;
// protocol/work.ts
init_sha2();
/** Hashed first. With a zero byte, the nonce and the handle it fills the first block of SHA-256, so that each try costs one block. */
var label = utf8("bombyx/free-work/v1\0");
/** What a relay asks for on a link; the nonce is fresh for it. */
var workDemand = struct({
	bits: {
		write: (writer, value) => u8.write(writer, value),
		read: (reader) => {
			const bits = u8.read(reader);
			if (bits < 1 || bits > 24) throw new NetworkError("bad-message", `${bits} bits of work`);
			return bits;
		}
	},
	nonce: bytes(32)
});
/** A number as it is hashed: u64, big-endian. */
function numberBytes(number) {
	const written = /* @__PURE__ */ new Uint8Array(8);
	new DataView(written.buffer).setBigUint64(0, number);
	return written;
}
/** Whether a hash begins with so many zero bits. */
function beginsWithZeros(hash, bits) {
	const whole = bits >> 3;
	for (let index = 0; index < whole; index += 1) if (hash[index] !== 0) return false;
	return (bits & 7) === 0 || (hash[whole] ?? 0) >> 8 - (bits & 7) === 0;
}
/** Tries numbers from `first` on: each call tries so many more, and gives the first that solves the puzzle. A number is below 2^53. */
function tries({ bits, nonce, handle }, first) {
	const begun = sha256$2.create().update(concat$1(label, nonce, fromHex(handle)));
	const attempt = sha256$2.create();
	const written = numberBytes(first);
	const view = new DataView(written.buffer);
	const hash = /* @__PURE__ */ new Uint8Array(32);
	let next = Number(first);
	return (count) => {
		for (const end = next + count; next < end; next += 1) {
			view.setUint32(0, Math.floor(next / 2 ** 32));
			view.setUint32(4, next >>> 0);
			begun._cloneInto(attempt).update(written).digestInto(hash);
			if (beginsWithZeros(hash, bits)) {
				next += 1;
				return BigInt(next - 1);
			}
		}
	};
}
// protocol/messages.ts
/** Every message of the network, written once. The relay reads the envelope of all of them and the body of few. */
var nodeIdField = id$1(32);
var modelField = id$1(32);
/** An error code as one byte. */
var codeField = {
	write: (writer, value) => u8.write(writer, wireOfCode(value)),
	read: (reader) => codeOfWire(u8.read(reader))
};
var terms = struct({
	/** Global id of the network: -239 mainnet, -3 testnet. */
	network: i32,
	vault: addressField,
	/** Ed25519: signs node vouchers. */
	relayKey: bytes(32),
	/** What the relay keeps of each payment, thousandths. */
	feePermille: u16,
	/** Seconds that a channel to this vault gives before a withdrawal ends. */
	disputeWindow: u32$1,
	/** Free answers per device; 0 when there are none. */
	trial: u16,
	/** Fresh for this link: what proves a key here is worth nothing elsewhere. */
	nonce: bytes(32)
});
var signedSum = {
	cumulative: u64,
	signature: bytes(64)
};
/** A relay's record with its signature, and its proof; see relay-record.ts. */
var shownRecord = struct({
	record: blob(limits.maxRelayRecordBytes),
	proof: bytes(64)
});
/** What a slot must be able to take: which model, which size class of request, how many tokens at most. */
var need = {
	model: modelField,
	bucketBytes: u32$1,
	maxTokens: u16
};
/**
* Kind on the wire -> name and body. Numbers are never reused.
*
* Link: `hello` opens it and says which version is spoken, `welcome` answers; a node proves its key by `challenge` and `present`, and brings a fresh record by `renew`; who is kept out hears `banned`; a node without jobs hears why by `idle`.
* `about` asks a relay who it is, with a nonce, and is answered by `about` with the same nonce and its record.
* Job (handle set): `match` -> `slot` -> `offer` -> `request` -> `response`... -> `released`; `cancel` and `failed` end it. `redirect` sends the client, with
* the same handle, to another relay of a cluster that holds a node for it.
* Money: `fund` -> `funded` opens a client's channel to the relay's vault, `grant` raises its voucher; a node says what is `due`, the client hears
* what was `charged` in all, the node is `paid` by voucher; `account` -> `accounted` binds a node to a wallet; `trial` -> `trialed` asks for free answers.
* Direct: `dial` and `dialed` arrange a data channel between paired devices; `introduce` proves the device's key on it.
* Pairing: `host` waits in a room for one guest, who comes by `knock`; `aside` passes between the two what only they can read.
* Meeting: `meet` and `met` arrange a channel through TURN between the strangers of a job; `moved` and `back` say, by numbers of parts, which way the answer goes
* on, `got` on that channel how much of it has come.
*/
var catalogue$1 = {
	1: ["hello", struct({
		role: word(["client", "node"]),
		agent: text(64),
		version: versionField
	})],
	2: ["challenge", struct({ nonce: bytes(32) })],
	3: ["present", struct({
		record: blob(limits.maxRecordBytes),
		proof: bytes(64),
		peer: text(64)
	})],
	4: ["welcome", struct({
		relay: text(64),
		heartbeatMs: u32$1,
		terms: optional(terms),
		work: optional(workDemand)
	})],
	5: ["status", struct({
		free: u8,
		draining: u8,
		hidden: u8
	})],
	6: ["goodbye", struct({})],
	7: ["ping", struct({ nonce: u32$1 })],
	8: ["pong", struct({ nonce: u32$1 })],
	9: ["renew", struct({ record: blob(limits.maxRecordBytes) })],
	10: ["banned", struct({
		until: u32$1,
		code: codeField
	})],
	12: ["about", struct({
		nonce: bytes(32),
		shown: optional(shownRecord)
	})],
	16: ["list", struct({})],
	17: ["directory", struct({ records: list(blob(limits.maxRecordBytes), limits.maxDirectory) })],
	18: ["match", struct({
		...need,
		priceCap: u64,
		payment: word([
			"free",
			"channel",
			"trial"
		]),
		nodes: list(nodeIdField, limits.maxSet),
		work: optional(u64)
	})],
	19: ["queued", struct({
		position: u16,
		reason: word(["waiting", "no-node"]),
		etaMs: u32$1
	})],
	20: ["idle", variant("reason", {
		"nobody-asks": struct({}),
		"one-at-a-time": struct({}),
		paused: struct({
			until: u32$1,
			trouble: word([
				"silent",
				"failed",
				"lost"
			])
		})
	})],
	21: ["redirect", struct({
		relay: text(256),
		node: nodeIdField
	})],
	32: ["slot", struct(need)],
	33: ["offer", struct({
		node: nodeIdField,
		offer: blob(2048),
		signature: bytes(64)
	})],
	34: ["request", struct({
		enc: bytes(1120),
		sealed: rest(limits.maxFrameBytes)
	})],
	35: ["response", struct({ part: rest(limits.maxFrameBytes) })],
	36: ["cancel", struct({})],
	37: ["released", struct({})],
	38: ["failed", struct({ code: codeField })],
	48: ["dial", struct({
		node: nodeIdField,
		device: id$1(32),
		peer: text(64),
		time: u32$1,
		signature: bytes(64)
	})],
	49: ["dialed", struct({
		accepted: u8,
		peer: text(64)
	})],
	50: ["introduce", struct({
		device: id$1(32),
		signature: bytes(64)
	})],
	51: ["meet", struct({ peer: text(64) })],
	52: ["met", struct({
		accepted: u8,
		peer: text(64)
	})],
	53: ["moved", struct({ parts: u32$1 })],
	54: ["back", struct({ parts: u32$1 })],
	55: ["got", struct({ parts: u32$1 })],
	56: ["host", struct({ room: bytes(16) })],
	57: ["knock", struct({
		room: bytes(16),
		sealed: bytes(limits.pairingWordBytes)
	})],
	58: ["aside", struct({ sealed: bytes(limits.pairingWordBytes) })],
	64: ["fund", struct({
		channel: addressField,
		epoch: u64,
		payerKey: bytes(32),
		proof: bytes(64),
		...signedSum
	})],
	65: ["funded", struct({
		...signedSum,
		charged: u64,
		capacity: u64
	})],
	66: ["grant", struct(signedSum)],
	67: ["due", struct({ total: u64 })],
	68: ["charged", struct({ charged: u64 })],
	69: ["paid", struct(signedSum)],
	70: ["account", struct({ proof: blob(8192) })],
	71: ["accounted", struct({
		owner: addressField,
		account: addressField,
		collected: u64,
		...signedSum
	})],
	72: ["trial", struct({
		device: id$1(32),
		signature: bytes(64)
	})],
	73: ["trialed", struct({ left: u16 })]
};
var wireByName = /* @__PURE__ */ new Map();
var nameByNumber = /* @__PURE__ */ new Map();
for (const [number, [kind, body]] of Object.entries(catalogue$1)) {
	wireByName.set(kind, {
		number: Number(number),
		body
	});
	nameByNumber.set(Number(number), {
		kind,
		body
	});
}
/** Number and body schema of a kind. */
function wireOfKind(kind) {
	const found = wireByName.get(kind);
	if (!found) throw new NetworkError("internal", `no kind ${kind}`);
	return found;
}
/** Name and body schema of a number. @throws NetworkError `bad-message` */
function kindOfWire(number) {
	const found = nameByNumber.get(number);
	if (!found) throw new NetworkError("bad-message", `kind ${number} is unknown`);
	return found;
}
// protocol/answer.ts
/** What travels inside the seal back to the client: records that are cut into frames without regard to their edges. */
/** Longest text in one record, bytes; longer text takes several. */
var maxTextBytes = 8192;
var catalogue = {
	/** The prompt was read, or the next part of it: how many tokens it took. */
	1: ["prompt", struct({ tokens: u32$1 })],
	/** A piece of the answer and the tokens it took. */
	2: ["text", struct({
		text: text(maxTextBytes),
		tokens: u32$1
	})],
	/** The answer is whole. */
	3: ["end", struct({ reason: word(["stop", "length"]) })],
	/** The signed receipt and the salt of its commitment to the answer. */
	4: ["receipt", struct({
		receipt: blob(1024),
		signature: bytes(64),
		salt: bytes(32)
	})],
	/** The node could not go on. */
	5: ["error", struct({ code: codeField })],
	/** One item of an answer that is not a text, and the tokens it took. */
	6: ["item", struct({
		body: blob(maxItemBytes),
		tokens: u32$1
	})]
};
var headerBytes = 5;
var maxRecordBytes = Math.max(maxTextBytes, maxItemBytes) + 64;
/** Joins frame contents back into records; holds at most one record. */
var RecordReader = class {
	#pending = /* @__PURE__ */ new Uint8Array(0);
	/** The records that `content` completes. @throws NetworkError `bad-message` */
	push(content) {
		this.#pending = concat$1(this.#pending, content);
		const records = [];
		for (;;) {
			const record = this.#take();
			if (!record) return records;
			records.push(record);
		}
	}
	#take() {
		const pending = this.#pending;
		if (pending.length < headerBytes) return void 0;
		const length = new DataView(pending.buffer, pending.byteOffset).getUint32(1);
		if (length > maxRecordBytes) throw new NetworkError("bad-message", "a record is too long");
		if (pending.length < headerBytes + length) return void 0;
		const entry = catalogue[pending[0] ?? 0];
		if (!entry) throw new NetworkError("bad-message", "not a known record");
		const body = decode(entry[1], pending.subarray(headerBytes, headerBytes + length));
		this.#pending = pending.subarray(headerBytes + length);
		return {
			type: entry[0],
			...body
		};
	}
};
/** What an answer says, without how it came: the bytes that its receipt commits to. Text is its UTF-8, an item is `length u32 | bytes`. */
var AnswerBody = class {
	#parts = [];
	#length = 0;
	/** Bytes so far. */
	get length() {
		return this.#length;
	}
	get bytes() {
		return concat$1(...this.#parts);
	}
	addText(piece) {
		this.#add(utf8(piece));
	}
	addItem(item) {
		this.#add(encode(blob(maxItemBytes), item));
	}
	#add(part) {
		this.#parts.push(part);
		this.#length += part.length;
	}
};
// protocol/offer.ts
/** X-Wing (ML-KEM-768 + X25519), HKDF-SHA256, AES-256-GCM: the only suite; inside the signature, so it can't be downgraded. */
var suiteIds = {
	kem: 25722,
	kdf: 1,
	aead: 2
};
var kind$3 = {
	label: "bombyx/offer/v1",
	fields: struct({
		handle: id$1(16),
		kem: u16,
		kdf: u16,
		aead: u16,
		/** s since 1970 */
		expires: u32$1,
		model: id$1(32),
		prices: pricesField,
		/** The most this job can cost, nano-coins. */
		ceiling: u64,
		/** Tokens that may be unpaid: one second's worth. */
		chunk: u16,
		kemPublicKey: bytes(1216)
	})
};
/** The offer behind `signed`, when it is all that was demanded. @throws NetworkError `wrong-node`, `bad-offer`, `wrong-model`, `expired` */
async function checkOffer(signed, demands) {
	if (!demands.acceptable.has(signed.node)) throw new NetworkError("wrong-node", "outside the chosen set");
	await requireSignature(signed.node, {
		message: signed.offer,
		signature: signed.signature,
		code: "bad-offer"
	});
	const offer = readOffer(signed.offer);
	if (offer.handle !== demands.handle) throw new NetworkError("bad-offer", "made for another job");
	if (offer.kem !== suiteIds.kem || offer.kdf !== suiteIds.kdf || offer.aead !== suiteIds.aead) throw new NetworkError("bad-offer", "another suite");
	if (offer.expires * 1e3 <= demands.now) throw new NetworkError("expired", "offer");
	if (offer.model !== demands.model) throw new NetworkError("wrong-model", "another manifest hash");
	if (offer.chunk < limits.minChunkTokens || offer.chunk > limits.maxChunkTokens) throw new NetworkError("bad-offer", "an unfit chunk");
	if (offer.ceiling > demands.priceCap) throw new NetworkError("bad-offer", "dearer than the cap");
	return offer;
}
/** The fields of an offer; its signature is not checked here. @throws NetworkError `bad-offer` */
function readOffer(statement) {
	try {
		return readStatement(kind$3, statement);
	} catch (error) {
		throw new NetworkError("bad-offer", "not an offer", { cause: error });
	}
}
/** The smallest bucket for a body. @throws NetworkError `too-long` */
function bucketFor(bodyBytes) {
	const bucket = requestBuckets.find((size) => bodyBytes + 4 <= size);
	if (bucket === void 0) throw new NetworkError("too-long", `${bodyBytes} bytes`);
	return bucket;
}
/** `body` padded to exactly `size` bytes. */
function pad(body, size) {
	if (body.length + 4 > size) throw new RangeError(`${body.length} bytes do not fit ${size}`);
	const padded = new Uint8Array(size);
	new DataView(padded.buffer).setUint32(0, body.length);
	padded.set(body, 4);
	return padded;
}
/** The body inside padding. @throws NetworkError `bad-message` when the length is off or the padding is not zero */
function unpad(padded) {
	if (padded.length < 4) throw new NetworkError("bad-message", "no length");
	const end = 4 + new DataView(padded.buffer, padded.byteOffset).getUint32(0);
	if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) throw new NetworkError("bad-message", "not padded");
	return padded.subarray(4, end);
}
// protocol/receipt.ts
/** A receipt: what a node signs about a job that it finished; checked by the client against what it saw itself (docs/protocol.md, section 7). */
var kind$2 = {
	label: "bombyx/receipt/v1",
	fields: struct({
		handle: id$1(16),
		node: id$1(32),
		/** SHA-256(offer | signature): the offer it was made under. */
		offer: bytes(32),
		model: id$1(32),
		counts: countsField,
		/** nano-coins */
		price: u64,
		reason: word(["stop", "length"]),
		/** SHA-256 of the job's bytes, which hold a salt. */
		request: bytes(32),
		/** SHA-256(salt | answer): `AnswerBody.bytes` */
		answer: bytes(32),
		/** Hours since 1970: exact times are fingerprints. */
		hour: u32$1
	})
};
/** Commitment to a request; the job holds its own salt. */
var commitRequest = (jobBytes) => hash(jobBytes);
/** Commitment to an answer. */
var commitAnswer = (salt, answer) => hash(salt, answer);
/** The receipt behind `signed` when every field is what the client saw. @throws NetworkError `bad-receipt` */
async function checkReceipt(signed, demands) {
	await requireSignature(demands.node, {
		message: signed.receipt,
		signature: signed.signature,
		code: "bad-receipt"
	});
	const receipt = readReceipt(signed.receipt);
	const problem = receipt.handle !== demands.handle || receipt.node !== demands.node ? "it is for another job" : !equal(receipt.offer, demands.offer) ? "it names another offer" : receipt.model !== demands.model ? "it names another model" : receipt.reason !== demands.reason ? "it gives another reason for the end" : !equal(receipt.request, commitRequest(demands.jobBytes)) ? "it commits to another question" : !equal(receipt.answer, commitAnswer(signed.salt, demands.answer)) ? "it commits to another answer" : countsProblem(receipt.counts, demands) ?? (receipt.price !== priceOf(receipt.counts, demands.prices) || receipt.price > demands.ceiling ? "the price is not tokens times prices" : void 0);
	if (problem !== void 0) throw new NetworkError("bad-receipt", problem);
	return receipt;
}
/** Special tokens that a template may add, per message or other part, and once. */
var templateTokens = {
	perPart: 16,
	once: 64
};
/** Prompt tokens that a job can have at most. A token of text is at least one byte; an image and sound count no more than they have bytes. */
var mostPromptTokens = (job) => partsOf(job).reduce((sum, length) => sum + length + templateTokens.perPart, templateTokens.once);
/** Tokens that an answer of so many bytes can have taken at most. */
var mostCompletionTokens = (answerBytes) => answerBytes + templateTokens.once;
/** Bytes of each part of what is asked. */
function partsOf(job) {
	switch (job.task) {
		case "chat": return job.messages.map(({ content }) => utf8(content).length);
		case "image-text": return job.messages.flatMap(({ content, images }) => [utf8(content).length, ...images.map(({ length }) => length)]);
		case "embeddings": return job.inputs.map((input) => utf8(input).length);
		case "transcription": return [job.audio.length];
		case "classify": return [job.subject.is === "text" ? utf8(job.subject.text).length : job.subject.image.length, ...job.labels.map((label) => utf8(label).length)];
		default: return [utf8(job.query).length, ...job.frames.map(({ image }) => image.length)];
	}
}
/** The reason why counts cannot be true. */
function countsProblem(counts, { job, answer, counts: seen }) {
	if (counts.prompt + counts.cached > mostPromptTokens(job)) return "more prompt tokens than the question can have";
	if (classes.some((name) => counts[name] !== seen[name])) return "other token counts than were sent along";
	if (counts.completion > job.maxTokens) return "more tokens than were asked for";
	if (counts.completion > mostCompletionTokens(answer.length)) return "more tokens than the answer can have";
}
function readReceipt(statement) {
	try {
		return readStatement(kind$2, statement);
	} catch (error) {
		throw new NetworkError("bad-receipt", "not a receipt", { cause: error });
	}
}
// node_modules/@noble/hashes/hmac.js
init_utils$1();
/**
* Internal class for HMAC.
* Accepts any byte key, although RFC 2104 §3 recommends keys at least
* `HashLen` bytes long.
*/
var _HMAC$1 = class {
	oHash;
	iHash;
	blockLen;
	outputLen;
	canXOF = false;
	finished = false;
	destroyed = false;
	constructor(hash, key) {
		ahash$1(hash);
		abytes$3(key, void 0, "key");
		this.iHash = hash.create();
		if (typeof this.iHash.update !== "function") throw new Error("expected Hash instance");
		this.blockLen = this.iHash.blockLen;
		this.outputLen = this.iHash.outputLen;
		const blockLen = this.blockLen;
		const pad = new Uint8Array(blockLen);
		pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
		for (let i = 0; i < pad.length; i++) pad[i] ^= 54;
		this.iHash.update(pad);
		this.oHash = hash.create();
		for (let i = 0; i < pad.length; i++) pad[i] ^= 106;
		this.oHash.update(pad);
		clean$2(pad);
	}
	update(buf) {
		aexists$2(this);
		this.iHash.update(buf);
		return this;
	}
	digestInto(out) {
		aexists$2(this);
		aoutput$2(out, this);
		this.finished = true;
		const buf = out.subarray(0, this.outputLen);
		this.iHash.digestInto(buf);
		this.oHash.update(buf);
		this.oHash.digestInto(buf);
		this.destroy();
	}
	digest() {
		const out = new Uint8Array(this.oHash.outputLen);
		this.digestInto(out);
		return out;
	}
	_cloneInto(to) {
		to ||= Object.create(Object.getPrototypeOf(this), {});
		const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
		to = to;
		to.finished = finished;
		to.destroyed = destroyed;
		to.blockLen = blockLen;
		to.outputLen = outputLen;
		to.canXOF = canXOF;
		to.oHash = oHash._cloneInto(to.oHash);
		to.iHash = iHash._cloneInto(to.iHash);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
	destroy() {
		this.destroyed = true;
		this.oHash.destroy();
		this.iHash.destroy();
	}
};
var hmac$1 = /* @__PURE__ */ (() => {
	const hmac_ = ((hash, key, message) => new _HMAC$1(hash, key).update(message).digest());
	hmac_.create = (hash, key) => new _HMAC$1(hash, key);
	return hmac_;
})();
// node_modules/@noble/hashes/hkdf.js
/**
* HKDF (RFC 5869): extract + expand in one step.
* See {@link https://soatok.blog/2021/11/17/understanding-hkdf/}.
* @module
*/
init_utils$1();
/**
* HKDF-extract from spec. Less important part. `HKDF-Extract(IKM, salt) -> PRK`
* Arguments position differs from spec (IKM is first one, since it is not optional)
* Local validation only checks `hash`; `ikm` / `salt` byte validation is delegated to `hmac()`.
* @param hash - hash function that would be used (e.g. sha256)
* @param ikm - input keying material, the initial key
* @param salt - optional salt value (a non-secret random value)
* @returns Pseudorandom key derived from input keying material.
* @example
* Run the HKDF extract step.
* ```ts
* import { extract } from '@noble/hashes/hkdf.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* extract(sha256, new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6]));
* ```
*/
function extract(hash, ikm, salt) {
	ahash$1(hash);
	if (salt === void 0) salt = new Uint8Array(hash.outputLen);
	return hmac$1(hash, salt, ikm);
}
var HKDF_COUNTER = /* @__PURE__ */ Uint8Array.of(0);
var EMPTY_BUFFER = /* @__PURE__ */ Uint8Array.of();
/**
* HKDF-expand from the spec. The most important part. `HKDF-Expand(PRK, info, L) -> OKM`
* @param hash - hash function that would be used (e.g. sha256)
* @param prk - a pseudorandom key of at least HashLen octets
*   (usually, the output from the extract step)
* @param info - optional context and application specific information (can be a zero-length string)
* @param length - length of output keying material in bytes.
*   RFC 5869 §2.3 allows `0..255*HashLen`, so `0` returns an empty OKM.
* @param _recycled - Internal destroyed extract hashes owned by the combined `hkdf()` call.
* @returns Output keying material with the requested length.
* @throws If the requested output length exceeds the HKDF limit
*   for the selected hash. {@link Error}
* @example
* Run the HKDF expand step.
* ```ts
* import { expand } from '@noble/hashes/hkdf.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* expand(sha256, new Uint8Array(32), new Uint8Array([1, 2, 3]), 16);
* ```
*/
function expand(hash, prk, info, length = 32, _recycled) {
	ahash$1(hash);
	anumber$3(length, "length");
	abytes$3(prk, void 0, "prk");
	const olen = hash.outputLen;
	if (prk.length < olen) throw new Error("\"prk\" must be at least HashLen octets");
	if (length > 255 * olen) throw new Error("Length must be <= 255*HashLen");
	const blocks = Math.ceil(length / olen);
	if (info === void 0) info = EMPTY_BUFFER;
	else abytes$3(info, void 0, "info");
	if (!blocks) {
		if (_recycled) clean$2(prk);
		return /* @__PURE__ */ new Uint8Array();
	}
	const okm = _recycled && blocks === 1 ? prk : new Uint8Array(blocks * olen);
	const { iHash, oHash } = hmac$1.create(hash, prk);
	const T = _recycled ? prk : new Uint8Array(olen);
	const worker = blocks > 1 ? _recycled?.iHash || hash.create() : void 0;
	for (let counter = 0; counter < blocks - 1; counter++) {
		HKDF_COUNTER[0] = counter + 1;
		const iWork = iHash._cloneInto(worker);
		if (counter) iWork.update(T);
		iWork.update(info).update(HKDF_COUNTER).digestInto(T);
		oHash._cloneInto(worker).update(T).digestInto(T);
		okm.set(T, olen * counter);
	}
	HKDF_COUNTER[0] = blocks;
	if (blocks > 1) iHash.update(T);
	iHash.update(info).update(HKDF_COUNTER).digestInto(T);
	oHash.update(T).digestInto(T);
	okm.set(T, olen * (blocks - 1));
	iHash.destroy();
	oHash.destroy();
	worker?.destroy();
	if (T !== okm) clean$2(T);
	clean$2(HKDF_COUNTER);
	if (length === okm.length) return okm;
	const res = okm.slice(0, length);
	clean$2(okm);
	return res;
}
// protocol/response.ts
/**
* Frames of a response: AES-GCM under keys derived as in RFC 9458 4.4, nonce XOR counter, aad "" or, for the last, "final"
* (chunked OHTTP, draft-ietf-ohai-chunked-ohttp). A lost, repeated, moved or changed frame does not open; nor does a cut end pass.
*/
init_sha2();
/** `salt = enc | response nonce; prk = Extract(salt, secret); key = Expand(prk, "key"); nonce = Expand(prk, "nonce", 12)` */
function responseKeys(from) {
	const prk = extract(sha256$2, from.secret, concat$1(from.enc, from.nonce));
	return {
		key: own(expand(sha256$2, prk, utf8("key"), from.keyBytes)),
		nonce: own(expand(sha256$2, prk, utf8("nonce"), 12))
	};
}
var tagBytes = 16;
var noAad = utf8("");
var finalAad$1 = utf8("final");
/** The base nonce with the counter XORed into its last four bytes. */
function nonceAt(base, counter) {
	if (counter >= 2 ** 32) throw new RangeError("too many frames under one key");
	const nonce = own(base);
	const tail = new DataView(nonce.buffer, 8);
	tail.setUint32(0, (tail.getUint32(0) ^ counter) >>> 0);
	return nonce;
}
var importKey = (keys, usage) => crypto.subtle.importKey("raw", keys.key, "AES-GCM", false, [usage]);
/** Opens frames in order. */
var FrameOpener = class {
	#key;
	#nonce;
	#counter = 0;
	constructor(keys) {
		this.#key = importKey(keys, "decrypt");
		this.#nonce = keys.nonce;
	}
	/** The content of the next frame and whether it is the last. @throws NetworkError `tampered` */
	async open(frame) {
		if (frame.length < tagBytes + 4) throw new NetworkError("tampered", "a frame is too short");
		const iv = nonceAt(this.#nonce, this.#counter);
		this.#counter += 1;
		const middle = await this.#decrypt({
			frame,
			iv,
			aad: noAad
		});
		if (middle) return {
			content: middle,
			final: false
		};
		const last = await this.#decrypt({
			frame,
			iv,
			aad: finalAad$1
		});
		if (last) return {
			content: last,
			final: true
		};
		throw new NetworkError("tampered", `frame ${this.#counter - 1} does not open`);
	}
	async #decrypt({ frame, iv, aad }) {
		try {
			return unpad(new Uint8Array(await crypto.subtle.decrypt({
				name: "AES-GCM",
				iv,
				additionalData: aad
			}, await this.#key, own(frame))));
		} catch {
			return;
		}
	}
};
// node_modules/@hpke/common/esm/src/errors.js
/**
* The base error class of hpke-js.
* @group Errors
*/
var HpkeError = class extends Error {
	constructor(e) {
		let message;
		if (e instanceof Error) message = e.message;
		else if (typeof e === "string") message = e;
		else message = "";
		super(message);
		this.name = this.constructor.name;
	}
};
/**
* Invalid parameter.
* @group Errors
*/
var InvalidParamError = class extends HpkeError {};
/**
* Public or private key serialization failure.
* @group Errors
*/
var SerializeError = class extends HpkeError {};
/**
* Public or private key deserialization failure.
* @group Errors
*/
var DeserializeError = class extends HpkeError {};
/**
* encap() failure.
* @group Errors
*/
var EncapError = class extends HpkeError {};
/**
* decap() failure.
* @group Errors
*/
var DecapError = class extends HpkeError {};
/**
* Secret export failure.
* @group Errors
*/
var ExportError = class extends HpkeError {};
/**
* seal() failure.
* @group Errors
*/
var SealError = class extends HpkeError {};
/**
* open() failure.
* @group Errors
*/
var OpenError = class extends HpkeError {};
/**
* Sequence number overflow on the encryption context.
* @group Errors
*/
var MessageLimitReachedError = class extends HpkeError {};
/**
* Key pair derivation failure.
* @group Errors
*/
var DeriveKeyPairError = class extends HpkeError {};
/**
* Not supported failure.
* @group Errors
*/
var NotSupportedError = class extends HpkeError {};
var dntGlobalThis$1 = createMergeProxy$1(globalThis, {});
function createMergeProxy$1(baseObj, extObj) {
	return new Proxy(baseObj, {
		get(_target, prop, _receiver) {
			if (prop in extObj) return extObj[prop];
			else return baseObj[prop];
		},
		set(_target, prop, value) {
			if (prop in extObj) delete extObj[prop];
			baseObj[prop] = value;
			return true;
		},
		deleteProperty(_target, prop) {
			let success = false;
			if (prop in extObj) {
				delete extObj[prop];
				success = true;
			}
			if (prop in baseObj) {
				delete baseObj[prop];
				success = true;
			}
			return success;
		},
		ownKeys(_target) {
			const baseKeys = Reflect.ownKeys(baseObj);
			const extKeys = Reflect.ownKeys(extObj);
			const extKeysSet = new Set(extKeys);
			return [...baseKeys.filter((k) => !extKeysSet.has(k)), ...extKeys];
		},
		defineProperty(_target, prop, desc) {
			if (prop in extObj) delete extObj[prop];
			Reflect.defineProperty(baseObj, prop, desc);
			return true;
		},
		getOwnPropertyDescriptor(_target, prop) {
			if (prop in extObj) return Reflect.getOwnPropertyDescriptor(extObj, prop);
			else return Reflect.getOwnPropertyDescriptor(baseObj, prop);
		},
		has(_target, prop) {
			return prop in extObj || prop in baseObj;
		}
	});
}
// node_modules/@hpke/common/esm/src/algorithm.js
async function loadSubtleCrypto() {
	if (dntGlobalThis$1 !== void 0 && globalThis.crypto !== void 0) return globalThis.crypto.subtle;
	try {
		const { webcrypto } = await import("crypto");
		return webcrypto.subtle;
	} catch (e) {
		throw new NotSupportedError(e);
	}
}
var NativeAlgorithm = class {
	constructor() {
		Object.defineProperty(this, "_api", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
	}
	async _setup() {
		if (this._api !== void 0) return;
		this._api = await loadSubtleCrypto();
	}
};
// node_modules/@hpke/common/esm/src/identifiers.js
/**
* The supported HPKE modes.
*/
var Mode = {
	Base: 0,
	Psk: 1,
	Auth: 2,
	AuthPsk: 3
};
/**
* The supported Key Encapsulation Mechanism (KEM) identifiers.
*/
var KemId = {
	NotAssigned: 0,
	DhkemP256HkdfSha256: 16,
	DhkemP384HkdfSha384: 17,
	DhkemP521HkdfSha512: 18,
	DhkemSecp256k1HkdfSha256: 19,
	DhkemX25519HkdfSha256: 32,
	DhkemX448HkdfSha512: 33,
	HybridkemX25519Kyber768: 48,
	MlKem512: 64,
	MlKem768: 65,
	MlKem1024: 66,
	XWing: 25722
};
/**
* The supported Key Derivation Function (KDF) identifiers.
*/
var KdfId = {
	HkdfSha256: 1,
	HkdfSha384: 2,
	HkdfSha512: 3,
	Sha3256: 4,
	Sha3384: 5,
	Sha3512: 6,
	Shake128: 16,
	Shake256: 17,
	TurboShake128: 18,
	TurboShake256: 19
};
/**
* The supported Authenticated Encryption with Associated Data (AEAD) identifiers.
*/
var AeadId = {
	Aes128Gcm: 1,
	Aes256Gcm: 2,
	Chacha20Poly1305: 3,
	ExportOnly: 65535
};
var EMPTY = /* @__PURE__ */ new Uint8Array(0);
var N_0 = 0n;
var N_1 = 1n;
var N_2 = 2n;
// node_modules/@hpke/common/esm/src/kdfs/hkdf.js
var HPKE_VERSION = /* @__PURE__ */ new Uint8Array([
	72,
	80,
	75,
	69,
	45,
	118,
	49
]);
function toUint8Array(input) {
	return new Uint8Array(toArrayBuffer(input));
}
function toArrayBuffer(input) {
	if (input instanceof ArrayBuffer) return input;
	if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength).slice().buffer;
	return new Uint8Array(input).slice().buffer;
}
var HkdfNative = class extends NativeAlgorithm {
	constructor() {
		super();
		Object.defineProperty(this, "id", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: KdfId.HkdfSha256
		});
		Object.defineProperty(this, "hashSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_suiteId", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: EMPTY
		});
		Object.defineProperty(this, "algHash", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: {
				name: "HMAC",
				hash: "SHA-256",
				length: 256
			}
		});
	}
	init(suiteId) {
		this._suiteId = suiteId;
	}
	buildLabeledIkm(label, ikm) {
		this._checkInit();
		const ret = new Uint8Array(7 + this._suiteId.byteLength + label.byteLength + ikm.byteLength);
		ret.set(HPKE_VERSION, 0);
		ret.set(this._suiteId, 7);
		ret.set(label, 7 + this._suiteId.byteLength);
		ret.set(ikm, 7 + this._suiteId.byteLength + label.byteLength);
		return ret;
	}
	buildLabeledInfo(label, info, len) {
		this._checkInit();
		const ret = new Uint8Array(9 + this._suiteId.byteLength + label.byteLength + info.byteLength);
		ret.set(new Uint8Array([0, len]), 0);
		ret.set(HPKE_VERSION, 2);
		ret.set(this._suiteId, 9);
		ret.set(label, 9 + this._suiteId.byteLength);
		ret.set(info, 9 + this._suiteId.byteLength + label.byteLength);
		return ret;
	}
	async extract(salt, ikm) {
		await this._setup();
		const saltBuf = salt.byteLength === 0 ? new ArrayBuffer(this.hashSize) : toArrayBuffer(salt);
		if (saltBuf.byteLength !== this.hashSize) throw new InvalidParamError("The salt length must be the same as the hashSize");
		const ikmBuf = toArrayBuffer(ikm);
		const key = await this._api.importKey("raw", saltBuf, this.algHash, false, ["sign"]);
		return await this._api.sign("HMAC", key, ikmBuf);
	}
	async expand(prk, info, len) {
		await this._setup();
		const prkBuf = toArrayBuffer(prk);
		const key = await this._api.importKey("raw", prkBuf, this.algHash, false, ["sign"]);
		const okm = new ArrayBuffer(len);
		const okmBytes = new Uint8Array(okm);
		let prev = EMPTY;
		const mid = toUint8Array(info);
		const tail = /* @__PURE__ */ new Uint8Array(1);
		if (len > 255 * this.hashSize) throw new Error("Entropy limit reached");
		const tmp = new Uint8Array(this.hashSize + mid.length + 1);
		for (let i = 1, cur = 0; cur < okmBytes.length; i++) {
			tail[0] = i;
			tmp.set(prev, 0);
			tmp.set(mid, prev.length);
			tmp.set(tail, prev.length + mid.length);
			prev = new Uint8Array(await this._api.sign("HMAC", key, tmp.slice(0, prev.length + mid.length + 1)));
			if (okmBytes.length - cur >= prev.length) {
				okmBytes.set(prev, cur);
				cur += prev.length;
			} else {
				okmBytes.set(prev.slice(0, okmBytes.length - cur), cur);
				cur += okmBytes.length - cur;
			}
		}
		return okm;
	}
	async extractAndExpand(salt, ikm, info, len) {
		await this._setup();
		const ikmBuf = toArrayBuffer(ikm);
		const baseKey = await this._api.importKey("raw", ikmBuf, "HKDF", false, ["deriveBits"]);
		return await this._api.deriveBits({
			name: "HKDF",
			hash: this.algHash.hash,
			salt: toArrayBuffer(salt),
			info: toArrayBuffer(info)
		}, baseKey, len * 8);
	}
	async labeledExtract(salt, label, ikm) {
		return await this.extract(salt, this.buildLabeledIkm(label, ikm));
	}
	async labeledExpand(prk, label, info, len) {
		return await this.expand(prk, this.buildLabeledInfo(label, info, len), len);
	}
	_checkInit() {
		if (this._suiteId === EMPTY) throw new Error("Not initialized. Call init()");
	}
};
var HkdfSha256Native = class extends HkdfNative {
	constructor() {
		super(...arguments);
		/** KdfId.HkdfSha256 (0x0001) */
		Object.defineProperty(this, "id", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: KdfId.HkdfSha256
		});
		/** 32 */
		Object.defineProperty(this, "hashSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 32
		});
		/** The parameters for Web Cryptography API */
		Object.defineProperty(this, "algHash", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: {
				name: "HMAC",
				hash: "SHA-256",
				length: 256
			}
		});
	}
};
// node_modules/@hpke/common/esm/src/utils/misc.js
/**
* Checks whetehr the type of input is CryptoKeyPair or not.
*/
var isCryptoKeyPair = (x) => typeof x === "object" && x !== null && typeof x.privateKey === "object" && typeof x.publicKey === "object";
/**
* Converts integer to octet string. I2OSP implementation.
*/
function i2Osp(n, w) {
	if (w <= 0) throw new Error("i2Osp: too small size");
	if (n >= 256 ** w) throw new Error("i2Osp: too large integer");
	const ret = new Uint8Array(w);
	for (let i = 0; i < w && n; i++) {
		ret[w - (i + 1)] = n % 256;
		n = Math.floor(n / 256);
	}
	return ret;
}
/**
* Concatenates two Uint8Arrays.
* @param a Uint8Array
* @param b Uint8Array
* @returns Concatenated Uint8Array
*/
function concat(a, b) {
	const ret = new Uint8Array(a.length + b.length);
	ret.set(a, 0);
	ret.set(b, a.length);
	return ret;
}
/**
* Decodes Base64Url-encoded data.
* @param v Base64Url-encoded string
* @returns Uint8Array
*/
function base64UrlToBytes(v) {
	const base64 = v.replace(/-/g, "+").replace(/_/g, "/");
	const byteString = atob(base64);
	const ret = new Uint8Array(byteString.length);
	for (let i = 0; i < byteString.length; i++) ret[i] = byteString.charCodeAt(i);
	return ret;
}
async function loadCrypto$1() {
	if (typeof dntGlobalThis$1 !== "undefined" && globalThis.crypto !== void 0) return globalThis.crypto;
	try {
		const { webcrypto } = await import("crypto");
		return webcrypto;
	} catch (_e) {
		throw new Error("failed to load Crypto");
	}
}
/**
* XOR for Uint8Array.
*/
function xor(a, b) {
	if (a.byteLength !== b.byteLength) throw new Error("xor: different length inputs");
	const buf = new Uint8Array(a.byteLength);
	for (let i = 0; i < a.byteLength; i++) buf[i] = a[i] ^ b[i];
	return buf;
}
// node_modules/@hpke/common/esm/src/interfaces/dhkemPrimitives.js
var KEM_USAGES = ["deriveBits"];
var LABEL_DKP_PRK = /* @__PURE__ */ new Uint8Array([
	100,
	107,
	112,
	95,
	112,
	114,
	107
]);
var LABEL_SK = /* @__PURE__ */ new Uint8Array([115, 107]);
// node_modules/@hpke/common/esm/src/xCryptoKey.js
var XCryptoKey = class {
	constructor(name, key, type, usages = []) {
		Object.defineProperty(this, "key", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "type", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "extractable", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: true
		});
		Object.defineProperty(this, "algorithm", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "usages", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this.key = key;
		this.type = type;
		this.algorithm = { name };
		this.usages = usages;
		if (type === "public") this.usages = [];
	}
};
// node_modules/@hpke/common/esm/src/kems/dhkemPrimitives/xCurve.js
/**
* Base DhkemPrimitives implementation for Montgomery curves (X25519/X448).
*
* Subclasses pass curve-specific parameters (algorithm name, key size, curve)
* and optionally add extra methods (e.g., raw derive for X25519).
*/
var XCurveDhkemPrimitives = class {
	constructor(algName, keySize, curve, hkdf) {
		Object.defineProperty(this, "_algName", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_curve", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_hkdf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nPk", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nSk", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this._algName = algName;
		this._nPk = keySize;
		this._nSk = keySize;
		this._curve = curve;
		this._hkdf = hkdf;
	}
	serializePublicKey(key) {
		try {
			return Promise.resolve(key.key.buffer);
		} catch (e) {
			return Promise.reject(new SerializeError(e));
		}
	}
	async deserializePublicKey(key) {
		try {
			return await this._importRawKey(toArrayBuffer(key), true);
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	serializePrivateKey(key) {
		try {
			return Promise.resolve(key.key.buffer);
		} catch (e) {
			return Promise.reject(new SerializeError(e));
		}
	}
	async deserializePrivateKey(key) {
		try {
			return await this._importRawKey(toArrayBuffer(key), false);
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	async importKey(format, key, isPublic) {
		try {
			if (format === "raw") return await this._importRawKey(key, isPublic);
			if (key instanceof ArrayBuffer) throw new Error("Invalid jwk key format");
			return await this._importJWK(key, isPublic);
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	async generateKeyPair() {
		try {
			const rawSk = await this._curve.utils.randomSecretKey();
			const sk = new XCryptoKey(this._algName, rawSk, "private", KEM_USAGES);
			return {
				publicKey: await this.derivePublicKey(sk),
				privateKey: sk
			};
		} catch (e) {
			throw new NotSupportedError(e);
		}
	}
	async deriveKeyPair(ikm) {
		try {
			const rawIkm = toArrayBuffer(ikm);
			const dkpPrk = await this._hkdf.labeledExtract(EMPTY.buffer, LABEL_DKP_PRK, new Uint8Array(rawIkm));
			const rawSk = await this._hkdf.labeledExpand(dkpPrk, LABEL_SK, EMPTY, this._nSk);
			const sk = new XCryptoKey(this._algName, new Uint8Array(rawSk), "private", KEM_USAGES);
			return {
				privateKey: sk,
				publicKey: await this.derivePublicKey(sk)
			};
		} catch (e) {
			throw new DeriveKeyPairError(e);
		}
	}
	derivePublicKey(key) {
		try {
			const pk = this._curve.getPublicKey(key.key);
			return Promise.resolve(new XCryptoKey(this._algName, pk, "public"));
		} catch (e) {
			return Promise.reject(new DeserializeError(e));
		}
	}
	dh(sk, pk) {
		try {
			return Promise.resolve(this._curve.getSharedSecret(sk.key, pk.key).buffer);
		} catch (e) {
			return Promise.reject(new SerializeError(e));
		}
	}
	_importRawKey(key, isPublic) {
		return new Promise((resolve, reject) => {
			if (isPublic && key.byteLength !== this._nPk) reject(/* @__PURE__ */ new Error("Invalid length of the key"));
			if (!isPublic && key.byteLength !== this._nSk) reject(/* @__PURE__ */ new Error("Invalid length of the key"));
			resolve(new XCryptoKey(this._algName, new Uint8Array(key), isPublic ? "public" : "private", isPublic ? [] : KEM_USAGES));
		});
	}
	_importJWK(key, isPublic) {
		return new Promise((resolve, reject) => {
			if (key.kty !== "OKP") reject(/* @__PURE__ */ new Error(`Invalid kty: ${key.kty}`));
			if (key.crv !== this._algName) reject(/* @__PURE__ */ new Error(`Invalid crv: ${key.crv}`));
			if (isPublic) {
				if (typeof key.d !== "undefined") reject(/* @__PURE__ */ new Error("Invalid key: `d` should not be set"));
				if (typeof key.x !== "string") reject(/* @__PURE__ */ new Error("Invalid key: `x` not found"));
				resolve(new XCryptoKey(this._algName, base64UrlToBytes(key.x), "public"));
			} else {
				if (typeof key.d !== "string") reject(/* @__PURE__ */ new Error("Invalid key: `d` not found"));
				resolve(new XCryptoKey(this._algName, base64UrlToBytes(key.d), "private", KEM_USAGES));
			}
		});
	}
};
// node_modules/@hpke/common/esm/src/interfaces/aeadEncryptionContext.js
var AEAD_USAGES = ["encrypt", "decrypt"];
// node_modules/@hpke/common/esm/src/utils/noble.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/utils.ts
*/
/**
* Hex, bytes and number utilities.
* @module
*/
/** Checks if something is Uint8Array. Be careful: nodejs Buffer will return true. */
function isBytes$1(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array";
}
/** Asserts something is positive integer. */
function anumber$1(n, title = "") {
	if (!Number.isSafeInteger(n) || n < 0) {
		const prefix = title && `"${title}" `;
		throw new Error(`${prefix}expected integer >0, got ${n}`);
	}
}
/** Asserts something is Uint8Array. */
function abytes$1(value, length, title = "") {
	const bytes = isBytes$1(value);
	const len = value?.length;
	const needsLen = length !== void 0;
	if (!bytes || needsLen && len !== length) {
		const prefix = title && `"${title}" `;
		const ofLen = needsLen ? ` of length ${length}` : "";
		const got = bytes ? `length=${len}` : `type=${typeof value}`;
		throw new Error(prefix + "expected Uint8Array" + ofLen + ", got " + got);
	}
	return value;
}
/** Asserts a hash instance has not been destroyed / finished */
function aexists$1(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("Hash instance has been destroyed");
	if (checkFinished && instance.finished) throw new Error("Hash#digest() has already been called");
}
/** Asserts output is properly-sized byte array */
function aoutput$1(out, instance) {
	abytes$1(out, void 0, "digestInto() output");
	const min = instance.outputLen;
	if (out.length < min) throw new Error("\"digestInto() output\" expected to be of length >=" + min);
}
function abignumer(n) {
	if (typeof n === "bigint") {
		if (!isPosBig(n)) throw new Error("positive bigint expected, got " + n);
	} else anumber$1(n);
	return n;
}
/** Zeroize a byte array. Warning: JS provides no guarantees. */
function clean$1(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
(/* @__PURE__ */ new Uint8Array((/* @__PURE__ */ new Uint32Array([287454020])).buffer))[0];
/** Create DataView of an array for easy byte-level manipulation. */
function createView(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
/** The rotate right (circular right shift) operation for uint32 */
function rotr(word, shift) {
	return word << 32 - shift | word >>> shift;
}
var hasHexBuiltin = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function")();
var hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
var HEX_TO_BIGINT = [
	0n,
	1n,
	2n,
	3n,
	4n,
	5n,
	6n,
	7n,
	8n,
	9n,
	10n,
	11n,
	12n,
	13n,
	14n,
	15n
];
/**
* Convert byte array to hex string. Uses built-in function, when available.
* @example bytesToHex(Uint8Array.from([0xca, 0xfe, 0x01, 0x23])) // 'cafe0123'
*/
function bytesToHex(bytes) {
	abytes$1(bytes);
	if (hasHexBuiltin) return bytes.toHex();
	let hex = "";
	for (let i = 0; i < bytes.length; i++) hex += hexes[bytes[i]];
	return hex;
}
var asciis = {
	_0: 48,
	_9: 57,
	A: 65,
	F: 70,
	a: 97,
	f: 102
};
function asciiToBase16(ch) {
	if (ch >= asciis._0 && ch <= asciis._9) return ch - asciis._0;
	if (ch >= asciis.A && ch <= asciis.F) return ch - (asciis.A - 10);
	if (ch >= asciis.a && ch <= asciis.f) return ch - (asciis.a - 10);
}
/**
* Convert hex string to byte array. Uses built-in function, when available.
* @example hexToBytes('cafe0123') // Uint8Array.from([0xca, 0xfe, 0x01, 0x23])
*/
function hexToBytes(hex) {
	if (typeof hex !== "string") throw new Error("hex string expected, got " + typeof hex);
	if (hasHexBuiltin) return Uint8Array.fromHex(hex);
	const hl = hex.length;
	const al = hl / 2;
	if (hl % 2) throw new Error("hex string expected, got unpadded hex of length " + hl);
	const array = new Uint8Array(al);
	for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
		const n1 = asciiToBase16(hex.charCodeAt(hi));
		const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
		if (n1 === void 0 || n2 === void 0) {
			const char = hex[hi] + hex[hi + 1];
			throw new Error("hex string expected, got non-hex character \"" + char + "\" at index " + hi);
		}
		array[ai] = n1 * 16 + n2;
	}
	return array;
}
function hexToNumber(hex) {
	if (typeof hex !== "string") throw new Error("hex string expected, got " + typeof hex);
	let out = N_0;
	for (let i = 0; i < hex.length; i++) {
		const n = asciiToBase16(hex.charCodeAt(i));
		if (n === void 0) throw new Error("hex string expected, got non-hex character \"" + hex[i] + "\" at index " + i);
		out = out << 4n | HEX_TO_BIGINT[n];
	}
	return out;
}
function numberToBigint(num) {
	anumber$1(num, "numberToBigint");
	let n = num;
	let out = N_0;
	let bit = 1n;
	while (n > 0) {
		if (n % 2 === 1) out += bit;
		n = Math.floor(n / 2);
		bit <<= 1n;
	}
	return out;
}
function bytesToNumberLE(bytes) {
	return hexToNumber(bytesToHex(copyBytes(abytes$1(bytes)).reverse()));
}
function numberToBytesBE(n, len) {
	anumber$1(len);
	n = abignumer(n);
	const res = hexToBytes(n.toString(16).padStart(len * 2, "0"));
	if (res.length !== len) throw new Error("number too large");
	return res;
}
function numberToBytesLE(n, len) {
	return numberToBytesBE(n, len).reverse();
}
/**
* Copies Uint8Array. We can't use u8a.slice(), because u8a can be Buffer,
* and Buffer#slice creates mutable copy. Never use Buffers!
*/
function copyBytes(bytes) {
	return Uint8Array.from(bytes);
}
function isPosBig(n) {
	return typeof n === "bigint" && 0n <= n;
}
function inRange(n, min, max) {
	return isPosBig(n) && isPosBig(min) && isPosBig(max) && min <= n && n < max;
}
/**
* Asserts min <= n < max. NOTE: It's < max and not <= max.
* @example
* aInRange('x', x, 1n, 256n); // would assume x is in (1n..255n)
*/
function aInRange(title, n, min, max) {
	if (!inRange(n, min, max)) throw new Error("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
function validateObject(object, fields = {}, optFields = {}) {
	if (!object || typeof object !== "object") throw new Error("expected valid options object");
	function checkField(fieldName, expectedType, isOpt) {
		const val = object[fieldName];
		if (isOpt && val === void 0) return;
		const current = typeof val;
		if (current !== expectedType || val === null) throw new Error(`param "${fieldName}" is invalid: expected ${expectedType}, got ${current}`);
	}
	const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
	iter(fields, false);
	iter(optFields, true);
}
/** Cryptographically secure PRNG. Uses internal OS-level `crypto.getRandomValues`. */
async function randomBytesAsync(bytesLength = 32) {
	const api = await loadCrypto$1();
	const rnd = new Uint8Array(bytesLength);
	api.getRandomValues(rnd);
	return rnd;
}
function oidNist$1(suffix) {
	return { oid: Uint8Array.from([
		6,
		9,
		96,
		134,
		72,
		1,
		101,
		3,
		4,
		2,
		suffix
	]) };
}
// node_modules/@hpke/common/esm/src/hash/hash.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/utils.ts
*/
/**
* Hash utilities and type definitions extracted from noble.ts
* @module
*/
/** Asserts something is hash */
function ahash(h) {
	if (typeof h !== "function" || typeof h.create !== "function") throw new Error("Hash must wrapped by utils.createHasher");
	anumber$1(h.outputLen);
	anumber$1(h.blockLen);
}
function createHasher$1(hashCons, info = {}) {
	const hashFn = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	const hashC = Object.assign(hashFn, {
		outputLen: tmp.outputLen,
		blockLen: tmp.blockLen,
		create: (opts) => hashCons(opts),
		...info
	});
	return Object.freeze(hashC);
}
// node_modules/@hpke/common/esm/src/hash/hmac.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/2e0c00e1aa134082ba1380bf3afb8b1641f60fed/src/hmac.ts
*/
/**
* HMAC: RFC2104 message authentication code.
* @module
*/
var _HMAC = class {
	constructor(hash, key) {
		Object.defineProperty(this, "oHash", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "iHash", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "blockLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "outputLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "finished", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "destroyed", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		ahash(hash);
		abytes$1(key, void 0, "key");
		this.iHash = hash.create();
		if (typeof this.iHash.update !== "function") throw new Error("Expected instance of class which extends utils.Hash");
		this.blockLen = this.iHash.blockLen;
		this.outputLen = this.iHash.outputLen;
		const blockLen = this.blockLen;
		const pad = new Uint8Array(blockLen);
		pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
		for (let i = 0; i < pad.length; i++) pad[i] ^= 54;
		this.iHash.update(pad);
		this.oHash = hash.create();
		for (let i = 0; i < pad.length; i++) pad[i] ^= 106;
		this.oHash.update(pad);
		clean$1(pad);
	}
	update(buf) {
		aexists$1(this);
		this.iHash.update(buf);
		return this;
	}
	digestInto(out) {
		aexists$1(this);
		abytes$1(out, this.outputLen, "output");
		this.finished = true;
		this.iHash.digestInto(out);
		this.oHash.update(out);
		this.oHash.digestInto(out);
		this.destroy();
	}
	digest() {
		const out = new Uint8Array(this.oHash.outputLen);
		this.digestInto(out);
		return out;
	}
	_cloneInto(to) {
		to ||= Object.create(Object.getPrototypeOf(this), {});
		const { oHash, iHash, finished, destroyed, blockLen, outputLen } = this;
		to = to;
		to.finished = finished;
		to.destroyed = destroyed;
		to.blockLen = blockLen;
		to.outputLen = outputLen;
		to.oHash = oHash._cloneInto(to.oHash);
		to.iHash = iHash._cloneInto(to.iHash);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
	destroy() {
		this.destroyed = true;
		this.oHash.destroy();
		this.iHash.destroy();
	}
};
/**
* HMAC: RFC2104 message authentication code.
* @param hash - function that would be used e.g. sha256
* @param key - message key
* @param message - message data
* @example
* import { hmac } from '@noble/hashes/hmac';
* import { sha256 } from '@noble/hashes/sha2';
* const mac1 = hmac(sha256, 'key', 'message');
*/
var hmac = (hash, key, message) => new _HMAC(hash, key).update(message).digest();
hmac.create = (hash, key) => new _HMAC(hash, key);
// node_modules/@hpke/common/esm/src/hash/md.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/2e0c00e1aa134082ba1380bf3afb8b1641f60fed/src/_md.ts
*/
/**
* Internal Merkle-Damgard hash utils.
* @module
*/
/** Choice: a ? b : c */
function Chi(a, b, c) {
	return a & b ^ ~a & c;
}
/** Majority function, true if any two inputs is true. */
function Maj(a, b, c) {
	return a & b ^ a & c ^ b & c;
}
/**
* Merkle-Damgard hash construction base class.
* Could be used to create MD5, RIPEMD, SHA1, SHA2.
*/
var HashMD = class {
	constructor(blockLen, outputLen, padOffset, isLE) {
		Object.defineProperty(this, "blockLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "outputLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "padOffset", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "isLE", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "buffer", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "view", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "finished", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "length", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "pos", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "destroyed", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		this.blockLen = blockLen;
		this.outputLen = outputLen;
		this.padOffset = padOffset;
		this.isLE = isLE;
		this.buffer = new Uint8Array(blockLen);
		this.view = createView(this.buffer);
	}
	update(data) {
		aexists$1(this);
		abytes$1(data);
		const { view, buffer, blockLen } = this;
		const len = data.length;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				const dataView = createView(data);
				for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos);
				continue;
			}
			buffer.set(data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(view, 0);
				this.pos = 0;
			}
		}
		this.length += data.length;
		this.roundClean();
		return this;
	}
	digestInto(out) {
		aexists$1(this);
		aoutput$1(out, this);
		this.finished = true;
		const { buffer, view, blockLen, isLE } = this;
		let { pos } = this;
		buffer[pos++] = 128;
		clean$1(this.buffer.subarray(pos));
		if (this.padOffset > blockLen - pos) {
			this.process(view, 0);
			pos = 0;
		}
		for (let i = pos; i < blockLen; i++) buffer[i] = 0;
		view.setBigUint64(blockLen - 8, numberToBigint(this.length * 8), isLE);
		this.process(view, 0);
		const oview = createView(out);
		const len = this.outputLen;
		if (len % 4) throw new Error("_sha2: outputLen must be aligned to 32bit");
		const outLen = len / 4;
		const state = this.get();
		if (outLen > state.length) throw new Error("_sha2: outputLen bigger than state");
		for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE);
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
	_cloneInto(to) {
		to ||= new this.constructor();
		to.set(...this.get());
		const { blockLen, buffer, length, finished, destroyed, pos } = this;
		to.destroyed = destroyed;
		to.finished = finished;
		to.length = length;
		to.pos = pos;
		if (length % blockLen) to.buffer.set(buffer);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
};
/**
* Initial SHA-2 state: fractional parts of square roots of first 16 primes 2..53.
* Check out `test/misc/sha2-gen-iv.js` for recomputation guide.
*/
/** Initial SHA256 state. Bits 0..32 of frac part of sqrt of primes 2..19 */
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);
// node_modules/@hpke/common/esm/src/hash/sha2.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/2e0c00e1aa134082ba1380bf3afb8b1641f60fed/src/sha2.ts
*/
/**
* SHA2 hash function. A.k.a. sha256, sha384, sha512, sha512_224, sha512_256.
* SHA256 is the fastest hash implementable in JS, even faster than Blake3.
* Check out [RFC 4634](https://www.rfc-editor.org/rfc/rfc4634) and
* [FIPS 180-4](https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf).
* @module
*/
/**
* Round constants:
* First 32 bits of fractional parts of the cube roots of the first 64 primes 2..311)
*/
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
/** Reusable temporary buffer. "W" comes straight from spec. */
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
/** Internal 32-byte base SHA2 hash class. */
var SHA2_32B = class extends HashMD {
	constructor(outputLen) {
		super(64, outputLen, 8, false);
	}
	get() {
		const { A, B, C, D, E, F, G, H } = this;
		return [
			A,
			B,
			C,
			D,
			E,
			F,
			G,
			H
		];
	}
	set(A, B, C, D, E, F, G, H) {
		this.A = A | 0;
		this.B = B | 0;
		this.C = C | 0;
		this.D = D | 0;
		this.E = E | 0;
		this.F = F | 0;
		this.G = G | 0;
		this.H = H | 0;
	}
	process(view, offset) {
		for (let i = 0; i < 16; i++, offset += 4) SHA256_W[i] = view.getUint32(offset, false);
		for (let i = 16; i < 64; i++) {
			const W15 = SHA256_W[i - 15];
			const W2 = SHA256_W[i - 2];
			const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
			const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
			SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
		}
		let { A, B, C, D, E, F, G, H } = this;
		for (let i = 0; i < 64; i++) {
			const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
			const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
			const T2 = (rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)) + Maj(A, B, C) | 0;
			H = G;
			G = F;
			F = E;
			E = D + T1 | 0;
			D = C;
			C = B;
			B = A;
			A = T1 + T2 | 0;
		}
		A = A + this.A | 0;
		B = B + this.B | 0;
		C = C + this.C | 0;
		D = D + this.D | 0;
		E = E + this.E | 0;
		F = F + this.F | 0;
		G = G + this.G | 0;
		H = H + this.H | 0;
		this.set(A, B, C, D, E, F, G, H);
	}
	roundClean() {
		clean$1(SHA256_W);
	}
	destroy() {
		this.set(0, 0, 0, 0, 0, 0, 0, 0);
		clean$1(this.buffer);
	}
};
/** Internal SHA2-256 hash class. */
var _SHA256 = class extends SHA2_32B {
	constructor() {
		super(32);
		Object.defineProperty(this, "A", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[0] | 0
		});
		Object.defineProperty(this, "B", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[1] | 0
		});
		Object.defineProperty(this, "C", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[2] | 0
		});
		Object.defineProperty(this, "D", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[3] | 0
		});
		Object.defineProperty(this, "E", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[4] | 0
		});
		Object.defineProperty(this, "F", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[5] | 0
		});
		Object.defineProperty(this, "G", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[6] | 0
		});
		Object.defineProperty(this, "H", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: SHA256_IV[7] | 0
		});
	}
};
/**
* SHA2-256 hash function from RFC 4634. In JS it's the fastest: even faster than Blake3. Some info:
*
* - Trying 2^128 hashes would get 50% chance of collision, using birthday attack.
* - BTC network is doing 2^70 hashes/sec (2^95 hashes/year) as per 2025.
* - Each sha256 hash is executing 2^18 bit operations.
* - Good 2024 ASICs can do 200Th/sec with 3500 watts of power, corresponding to 2^36 hashes/joule.
*/
var sha256 = /* @__PURE__ */ createHasher$1(() => new _SHA256(), /* @__PURE__ */ oidNist$1(1));
// node_modules/@hpke/common/esm/src/curve/modular.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/abstract/modular.ts
*/
/**
* Utils for modular division and fields.
* Field over 11 is a finite (Galois) field is integer number operations `mod 11`.
* There is no division: it is replaced by modular multiplicative inverse.
* @module
*/
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function mod(a, b) {
	const result = a % b;
	return result >= 0n ? result : b + result;
}
/** Does `x^(2^power)` mod p. `pow2(30, 4)` == `30^(2^4)` */
function pow2(x, power, modulo) {
	let res = x;
	while (power-- > N_0) {
		res *= res;
		res %= modulo;
	}
	return res;
}
// node_modules/@hpke/common/esm/src/curve/curve.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/abstract/curve.ts
*/
function createKeygen(randomSecretKey, getPublicKey) {
	return function keygen(seed) {
		const secretKey = randomSecretKey(seed);
		return {
			secretKey,
			publicKey: getPublicKey(secretKey)
		};
	};
}
// node_modules/@hpke/common/esm/src/curve/montgomery.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/abstract/montgomery.ts
*/
/**
* Montgomery curve methods. It's not really whole montgomery curve,
* just bunch of very specific methods for X25519 / X448 from
* [RFC 7748](https://www.rfc-editor.org/rfc/rfc7748)
* @module
*/
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function validateOpts(curve) {
	validateObject(curve, {
		adjustScalarBytes: "function",
		powPminus2: "function"
	});
	return Object.freeze({ ...curve });
}
function montgomery(curveDef) {
	const { P, type, adjustScalarBytes, powPminus2, randomBytes: rand } = validateOpts(curveDef);
	const is25519 = type === "x25519";
	if (!is25519 && type !== "x448") throw new Error("invalid type");
	const randomBytes_ = rand || randomBytesAsync;
	const montgomeryBits = is25519 ? 255n : 448n;
	const fieldLen = is25519 ? 32 : 56;
	const Gu = is25519 ? 9n : 5n;
	const a24 = is25519 ? 121665n : 39081n;
	const minScalar = is25519 ? N_2 ** 254n : N_2 ** 447n;
	const maxScalar = minScalar + (is25519 ? 8n * N_2 ** 251n - N_1 : 4n * N_2 ** 445n - N_1) + N_1;
	const modP = (n) => mod(n, P);
	const GuBytes = encodeU(Gu);
	function encodeU(u) {
		return numberToBytesLE(modP(u), fieldLen);
	}
	function decodeU(u) {
		const _u = copyBytes(abytes$1(u, fieldLen, "uCoordinate"));
		if (is25519) _u[31] &= 127;
		return modP(bytesToNumberLE(_u));
	}
	function decodeScalar(scalar) {
		return bytesToNumberLE(adjustScalarBytes(copyBytes(abytes$1(scalar, fieldLen, "scalar"))));
	}
	function scalarMult(scalar, u) {
		const pu = montgomeryLadder(decodeU(u), decodeScalar(scalar));
		if (pu === 0n) throw new Error("invalid private or public key received");
		return encodeU(pu);
	}
	function scalarMultBase(scalar) {
		return scalarMult(scalar, GuBytes);
	}
	const getPublicKey = scalarMultBase;
	const getSharedSecret = scalarMult;
	function cswap(swap, x_2, x_3) {
		const dummy = modP(swap * (x_2 - x_3));
		x_2 = modP(x_2 - dummy);
		x_3 = modP(x_3 + dummy);
		return {
			x_2,
			x_3
		};
	}
	/**
	* Montgomery x-only multiplication ladder.
	* @param pointU u coordinate (x) on Montgomery Curve 25519
	* @param scalar by which the point would be multiplied
	* @returns new Point on Montgomery curve
	*/
	function montgomeryLadder(u, scalar) {
		aInRange("u", u, N_0, P);
		aInRange("scalar", scalar, minScalar, maxScalar);
		const k = scalar;
		const x_1 = u;
		let x_2 = N_1;
		let z_2 = N_0;
		let x_3 = u;
		let z_3 = N_1;
		let swap = N_0;
		for (let t = montgomeryBits - 1n; t >= N_0; t--) {
			const k_t = k >> t & N_1;
			swap ^= k_t;
			({x_2, x_3} = cswap(swap, x_2, x_3));
			({x_2: z_2, x_3: z_3} = cswap(swap, z_2, z_3));
			swap = k_t;
			const A = x_2 + z_2;
			const AA = modP(A * A);
			const B = x_2 - z_2;
			const BB = modP(B * B);
			const E = AA - BB;
			const C = x_3 + z_3;
			const D = x_3 - z_3;
			const DA = modP(D * A);
			const CB = modP(C * B);
			const dacb = DA + CB;
			const da_cb = DA - CB;
			x_3 = modP(dacb * dacb);
			z_3 = modP(x_1 * modP(da_cb * da_cb));
			x_2 = modP(AA * BB);
			z_2 = modP(E * (AA + modP(a24 * E)));
		}
		({x_2, x_3} = cswap(swap, x_2, x_3));
		({x_2: z_2, x_3: z_3} = cswap(swap, z_2, z_3));
		const z2 = powPminus2(z_2);
		return modP(x_2 * z2);
	}
	const lengths = {
		secretKey: fieldLen,
		publicKey: fieldLen,
		seed: fieldLen
	};
	const randomSecretKey = async (seed) => {
		if (seed === void 0) seed = await randomBytes_(fieldLen);
		abytes$1(seed, lengths.seed, "seed");
		return seed;
	};
	const utils = { randomSecretKey };
	return Object.freeze({
		keygen: createKeygen(randomSecretKey, getPublicKey),
		getSharedSecret,
		getPublicKey,
		scalarMult,
		scalarMultBase,
		utils,
		GuBytes: GuBytes.slice(),
		lengths
	});
}
// node_modules/@hpke/core/esm/src/aeads/aesGcm.js
var AesGcmContext = class extends NativeAlgorithm {
	constructor(key) {
		super();
		Object.defineProperty(this, "_rawKey", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_key", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this._rawKey = toArrayBuffer(key);
	}
	async seal(iv, data, aad) {
		await this._setupKey();
		const alg = {
			name: "AES-GCM",
			iv: toArrayBuffer(iv),
			additionalData: toArrayBuffer(aad)
		};
		return await this._api.encrypt(alg, this._key, toArrayBuffer(data));
	}
	async open(iv, data, aad) {
		await this._setupKey();
		const alg = {
			name: "AES-GCM",
			iv: toArrayBuffer(iv),
			additionalData: toArrayBuffer(aad)
		};
		return await this._api.decrypt(alg, this._key, toArrayBuffer(data));
	}
	async _setupKey() {
		if (this._key !== void 0) return;
		await this._setup();
		const key = await this._importKey(this._rawKey);
		new Uint8Array(this._rawKey).fill(0);
		this._key = key;
	}
	async _importKey(key) {
		return await this._api.importKey("raw", key, { name: "AES-GCM" }, true, AEAD_USAGES);
	}
};
/**
* The AES-128-GCM for HPKE AEAD implementing {@link AeadInterface}.
*
* When using `@hpke/core`, the instance of this class must be specified
* to the `aead` parameter of {@link CipherSuiteParams} instead of `AeadId.Aes128Gcm`.
*
* @example
*
* ```ts
* import {
*   Aes128Gcm,
*   CipherSuite,
*   DhkemP256HkdfSha256,
*   HkdfSha256,
* } from "@hpke/core";
*
* const suite = new CipherSuite({
*   kem: new DhkemP256HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*/
var Aes128Gcm = class {
	constructor() {
		/** AeadId.Aes128Gcm (0x0001) */
		Object.defineProperty(this, "id", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: AeadId.Aes128Gcm
		});
		/** 16 */
		Object.defineProperty(this, "keySize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 16
		});
		/** 12 */
		Object.defineProperty(this, "nonceSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 12
		});
		/** 16 */
		Object.defineProperty(this, "tagSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 16
		});
	}
	createEncryptionContext(key) {
		return new AesGcmContext(key);
	}
};
/**
* The AES-256-GCM for HPKE AEAD implementing {@link AeadInterface}.
*
* When using `@hpke/core`, the instance of this class must be specified
* to the `aead` parameter of {@link CipherSuiteParams} instead of `AeadId.Aes256Gcm`
* as follows:
*
* @example
*
* ```ts
* import {
*   Aes256Gcm,
*   CipherSuite,
*   DhkemP256HkdfSha256,
*   HkdfSha256,
* } from "@hpke/core";
*
* const suite = new CipherSuite({
*   kem: new DhkemP256HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes256Gcm(),
* });
* ```
*/
var Aes256Gcm = class extends Aes128Gcm {
	constructor() {
		super(...arguments);
		/** AeadId.Aes256Gcm (0x0002) */
		Object.defineProperty(this, "id", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: AeadId.Aes256Gcm
		});
		/** 32 */
		Object.defineProperty(this, "keySize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 32
		});
		/** 12 */
		Object.defineProperty(this, "nonceSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 12
		});
		/** 16 */
		Object.defineProperty(this, "tagSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 16
		});
	}
};
// node_modules/@hpke/core/esm/src/utils/emitNotSupported.js
function emitNotSupported() {
	return new Promise((_resolve, reject) => {
		reject(new NotSupportedError("Not supported"));
	});
}
// node_modules/@hpke/core/esm/src/exporterContext.js
var LABEL_SEC = new Uint8Array([
	115,
	101,
	99
]);
var ExporterContextImpl = class {
	constructor(api, kdf, exporterSecret) {
		Object.defineProperty(this, "_api", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "exporterSecret", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_kdf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this._api = api;
		this._kdf = kdf;
		this.exporterSecret = exporterSecret;
	}
	async seal(_data, _aad) {
		return await emitNotSupported();
	}
	async open(_data, _aad) {
		return await emitNotSupported();
	}
	async export(exporterContext, len) {
		const rawExporterContext = toArrayBuffer(exporterContext);
		if (rawExporterContext.byteLength > 8192) throw new InvalidParamError("Too long exporter context");
		try {
			return await this._kdf.labeledExpand(this.exporterSecret, LABEL_SEC, new Uint8Array(rawExporterContext), len);
		} catch (e) {
			throw new ExportError(e);
		}
	}
};
var RecipientExporterContextImpl = class extends ExporterContextImpl {};
var SenderExporterContextImpl = class extends ExporterContextImpl {
	constructor(api, kdf, exporterSecret, enc) {
		super(api, kdf, exporterSecret);
		Object.defineProperty(this, "enc", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this.enc = enc;
	}
};
// node_modules/@hpke/core/esm/src/encryptionContext.js
var EncryptionContextImpl = class extends ExporterContextImpl {
	constructor(api, kdf, params) {
		super(api, kdf, params.exporterSecret);
		Object.defineProperty(this, "_aead", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nK", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nN", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nT", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_ctx", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		if (params.key === void 0 || params.baseNonce === void 0 || params.seq === void 0) throw new Error("Required parameters are missing");
		this._aead = params.aead;
		this._nK = this._aead.keySize;
		this._nN = this._aead.nonceSize;
		this._nT = this._aead.tagSize;
		const key = this._aead.createEncryptionContext(params.key);
		this._ctx = {
			key,
			baseNonce: params.baseNonce,
			seq: params.seq
		};
	}
	computeNonce(k) {
		const seqBytes = i2Osp(k.seq, k.baseNonce.byteLength);
		return xor(k.baseNonce, seqBytes).buffer;
	}
	incrementSeq(k) {
		if (k.seq > Number.MAX_SAFE_INTEGER) throw new MessageLimitReachedError("Message limit reached");
		k.seq += 1;
	}
};
// node_modules/@hpke/core/esm/src/mutex.js
var __classPrivateFieldGet$2 = function(receiver, state, kind, f) {
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
	return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet$2 = function(receiver, state, value, kind, f) {
	if (kind === "m") throw new TypeError("Private method is not writable");
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
	return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _Mutex_locked;
var Mutex = class {
	constructor() {
		_Mutex_locked.set(this, Promise.resolve());
	}
	async lock() {
		let releaseLock;
		const nextLock = new Promise((resolve) => {
			releaseLock = resolve;
		});
		const previousLock = __classPrivateFieldGet$2(this, _Mutex_locked, "f");
		__classPrivateFieldSet$2(this, _Mutex_locked, nextLock, "f");
		await previousLock;
		return releaseLock;
	}
};
_Mutex_locked = /* @__PURE__ */ new WeakMap();
// node_modules/@hpke/core/esm/src/recipientContext.js
var __classPrivateFieldGet$1 = function(receiver, state, kind, f) {
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
	return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet$1 = function(receiver, state, value, kind, f) {
	if (kind === "m") throw new TypeError("Private method is not writable");
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
	return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _RecipientContextImpl_mutex;
var RecipientContextImpl = class extends EncryptionContextImpl {
	constructor() {
		super(...arguments);
		_RecipientContextImpl_mutex.set(this, void 0);
	}
	async open(data, aad = EMPTY.buffer) {
		__classPrivateFieldSet$1(this, _RecipientContextImpl_mutex, __classPrivateFieldGet$1(this, _RecipientContextImpl_mutex, "f") ?? new Mutex(), "f");
		const release = await __classPrivateFieldGet$1(this, _RecipientContextImpl_mutex, "f").lock();
		let pt;
		try {
			pt = await this._ctx.key.open(this.computeNonce(this._ctx), toArrayBuffer(data), toArrayBuffer(aad));
		} catch (e) {
			throw new OpenError(e);
		} finally {
			release();
		}
		this.incrementSeq(this._ctx);
		return pt;
	}
};
_RecipientContextImpl_mutex = /* @__PURE__ */ new WeakMap();
// node_modules/@hpke/core/esm/src/senderContext.js
var __classPrivateFieldGet = function(receiver, state, kind, f) {
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
	return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet = function(receiver, state, value, kind, f) {
	if (kind === "m") throw new TypeError("Private method is not writable");
	if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
	if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
	return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _SenderContextImpl_mutex;
var SenderContextImpl = class extends EncryptionContextImpl {
	constructor(api, kdf, params, enc) {
		super(api, kdf, params);
		Object.defineProperty(this, "enc", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		_SenderContextImpl_mutex.set(this, void 0);
		this.enc = enc;
	}
	async seal(data, aad = EMPTY.buffer) {
		__classPrivateFieldSet(this, _SenderContextImpl_mutex, __classPrivateFieldGet(this, _SenderContextImpl_mutex, "f") ?? new Mutex(), "f");
		const release = await __classPrivateFieldGet(this, _SenderContextImpl_mutex, "f").lock();
		let ct;
		try {
			ct = await this._ctx.key.seal(this.computeNonce(this._ctx), toArrayBuffer(data), toArrayBuffer(aad));
		} catch (e) {
			throw new SealError(e);
		} finally {
			release();
		}
		this.incrementSeq(this._ctx);
		return ct;
	}
};
_SenderContextImpl_mutex = /* @__PURE__ */ new WeakMap();
// node_modules/@hpke/core/esm/src/cipherSuiteNative.js
var LABEL_BASE_NONCE = new Uint8Array([
	98,
	97,
	115,
	101,
	95,
	110,
	111,
	110,
	99,
	101
]);
var LABEL_EXP = new Uint8Array([
	101,
	120,
	112
]);
var LABEL_INFO_HASH = new Uint8Array([
	105,
	110,
	102,
	111,
	95,
	104,
	97,
	115,
	104
]);
var LABEL_KEY = new Uint8Array([
	107,
	101,
	121
]);
var LABEL_PSK_ID_HASH = new Uint8Array([
	112,
	115,
	107,
	95,
	105,
	100,
	95,
	104,
	97,
	115,
	104
]);
var LABEL_SECRET = new Uint8Array([
	115,
	101,
	99,
	114,
	101,
	116
]);
var SUITE_ID_HEADER_HPKE = new Uint8Array([
	72,
	80,
	75,
	69,
	0,
	0,
	0,
	0,
	0,
	0
]);
/**
* The Hybrid Public Key Encryption (HPKE) ciphersuite,
* which is implemented using only
* {@link https://www.w3.org/TR/WebCryptoAPI/ | Web Cryptography API}.
*
* This is the super class of {@link CipherSuite} and the same as
* {@link https://jsr.io/@hpke/core/doc/~/CipherSuite | @hpke/core#CipherSuite} as follows:
* which supports only the ciphersuites that can be implemented on the native
* {@link https://www.w3.org/TR/WebCryptoAPI/ | Web Cryptography API}.
* Therefore, the following cryptographic algorithms are not supported for now:
*   - DHKEM(X25519, HKDF-SHA256)
*   - DHKEM(X448, HKDF-SHA512)
*   - ChaCha20Poly1305
*
* In addtion, the HKDF functions contained in this class can only derive
* keys of the same length as the `hashSize`.
*
* If you want to use the unsupported cryptographic algorithms
* above or derive keys longer than the `hashSize`,
* please use {@link CipherSuite}.
*
* This class provides following functions:
*
* - Creates encryption contexts both for senders and recipients.
*   - {@link createSenderContext}
*   - {@link createRecipientContext}
* - Provides single-shot encryption API.
*   - {@link seal}
*   - {@link open}
*
* The calling of the constructor of this class is the starting
* point for HPKE operations for both senders and recipients.
*
* @example Use only ciphersuites supported by Web Cryptography API.
*
* ```ts
* import {
*   Aes128Gcm,
*   DhkemP256HkdfSha256,
*   HkdfSha256,
*   CipherSuite,
* } from "@hpke/core";
*
* const suite = new CipherSuite({
*   kem: new DhkemP256HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*
* @example Use a ciphersuite which is currently not supported by Web Cryptography API.
*
* ```ts
* import { Aes128Gcm, HkdfSha256, CipherSuite } from "@hpke/core";
* // Use an extension module.
* import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
*
* const suite = new CipherSuite({
*   kem: new DhkemX25519HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*/
var CipherSuiteNative = class extends NativeAlgorithm {
	/**
	* @param params A set of parameters for building a cipher suite.
	*
	* If the error occurred, throws {@link InvalidParamError}.
	*
	* @throws {@link InvalidParamError}
	*/
	constructor(params) {
		super();
		Object.defineProperty(this, "_kem", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_kdf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_aead", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_suiteId", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		if (typeof params.kem === "number") throw new InvalidParamError("KemId cannot be used");
		this._kem = params.kem;
		if (typeof params.kdf === "number") throw new InvalidParamError("KdfId cannot be used");
		this._kdf = params.kdf;
		if (typeof params.aead === "number") throw new InvalidParamError("AeadId cannot be used");
		this._aead = params.aead;
		this._suiteId = new Uint8Array(SUITE_ID_HEADER_HPKE);
		this._suiteId.set(i2Osp(this._kem.id, 2), 4);
		this._suiteId.set(i2Osp(this._kdf.id, 2), 6);
		this._suiteId.set(i2Osp(this._aead.id, 2), 8);
		this._kdf.init(this._suiteId);
	}
	/**
	* Gets the KEM context of the ciphersuite.
	*/
	get kem() {
		return this._kem;
	}
	/**
	* Gets the KDF context of the ciphersuite.
	*/
	get kdf() {
		return this._kdf;
	}
	/**
	* Gets the AEAD context of the ciphersuite.
	*/
	get aead() {
		return this._aead;
	}
	/**
	* Creates an encryption context for a sender.
	*
	* If the error occurred, throws {@link DecapError} | {@link ValidationError}.
	*
	* @param params A set of parameters for the sender encryption context.
	* @returns A sender encryption context.
	* @throws {@link EncapError}, {@link ValidationError}
	*/
	async createSenderContext(params) {
		this._validateInputLength(params);
		await this._setup();
		const dh = await this._kem.encap(params);
		let mode;
		if (params.psk !== void 0) mode = params.senderKey !== void 0 ? Mode.AuthPsk : Mode.Psk;
		else mode = params.senderKey !== void 0 ? Mode.Auth : Mode.Base;
		return await this._keyScheduleS(mode, dh.sharedSecret, dh.enc, params);
	}
	/**
	* Creates an encryption context for a recipient.
	*
	* If the error occurred, throws {@link DecapError}
	* | {@link DeserializeError} | {@link ValidationError}.
	*
	* @param params A set of parameters for the recipient encryption context.
	* @returns A recipient encryption context.
	* @throws {@link DecapError}, {@link DeserializeError}, {@link ValidationError}
	*/
	async createRecipientContext(params) {
		this._validateInputLength(params);
		await this._setup();
		const sharedSecret = await this._kem.decap(params);
		let mode;
		if (params.psk !== void 0) mode = params.senderPublicKey !== void 0 ? Mode.AuthPsk : Mode.Psk;
		else mode = params.senderPublicKey !== void 0 ? Mode.Auth : Mode.Base;
		return await this._keyScheduleR(mode, sharedSecret, params);
	}
	/**
	* Encrypts a message to a recipient.
	*
	* If the error occurred, throws `EncapError` | `MessageLimitReachedError` | `SealError` | `ValidationError`.
	*
	* @param params A set of parameters for building a sender encryption context.
	* @param pt A plain text as bytes to be encrypted.
	* @param aad Additional authenticated data as bytes fed by an application.
	* @returns A cipher text and an encapsulated key as bytes.
	* @throws {@link EncapError}, {@link MessageLimitReachedError}, {@link SealError}, {@link ValidationError}
	*/
	async seal(params, pt, aad = EMPTY.buffer) {
		const ctx = await this.createSenderContext(params);
		return {
			ct: await ctx.seal(pt, aad),
			enc: ctx.enc
		};
	}
	/**
	* Decrypts a message from a sender.
	*
	* If the error occurred, throws `DecapError` | `DeserializeError` | `OpenError` | `ValidationError`.
	*
	* @param params A set of parameters for building a recipient encryption context.
	* @param ct An encrypted text as bytes to be decrypted.
	* @param aad Additional authenticated data as bytes fed by an application.
	* @returns A decrypted plain text as bytes.
	* @throws {@link DecapError}, {@link DeserializeError}, {@link OpenError}, {@link ValidationError}
	*/
	async open(params, ct, aad = EMPTY.buffer) {
		return await (await this.createRecipientContext(params)).open(ct, aad);
	}
	async _keySchedule(mode, sharedSecret, params) {
		const pskId = params.psk === void 0 ? EMPTY : toUint8Array(params.psk.id);
		const pskIdHash = await this._kdf.labeledExtract(EMPTY, LABEL_PSK_ID_HASH, pskId);
		const info = params.info === void 0 ? EMPTY : toUint8Array(params.info);
		const infoHash = await this._kdf.labeledExtract(EMPTY, LABEL_INFO_HASH, info);
		const keyScheduleContext = new Uint8Array(1 + pskIdHash.byteLength + infoHash.byteLength);
		keyScheduleContext.set(new Uint8Array([mode]), 0);
		keyScheduleContext.set(new Uint8Array(pskIdHash), 1);
		keyScheduleContext.set(new Uint8Array(infoHash), 1 + pskIdHash.byteLength);
		const psk = params.psk === void 0 ? EMPTY : toUint8Array(params.psk.key);
		const ikm = this._kdf.buildLabeledIkm(LABEL_SECRET, psk);
		const exporterSecretInfo = this._kdf.buildLabeledInfo(LABEL_EXP, keyScheduleContext, this._kdf.hashSize);
		const exporterSecret = await this._kdf.extractAndExpand(sharedSecret, ikm, exporterSecretInfo, this._kdf.hashSize);
		if (this._aead.id === AeadId.ExportOnly) return {
			aead: this._aead,
			exporterSecret
		};
		const keyInfo = this._kdf.buildLabeledInfo(LABEL_KEY, keyScheduleContext, this._aead.keySize);
		const key = await this._kdf.extractAndExpand(sharedSecret, ikm, keyInfo, this._aead.keySize);
		const baseNonceInfo = this._kdf.buildLabeledInfo(LABEL_BASE_NONCE, keyScheduleContext, this._aead.nonceSize);
		const baseNonce = await this._kdf.extractAndExpand(sharedSecret, ikm, baseNonceInfo, this._aead.nonceSize);
		return {
			aead: this._aead,
			exporterSecret,
			key,
			baseNonce: new Uint8Array(baseNonce),
			seq: 0
		};
	}
	async _keyScheduleS(mode, sharedSecret, enc, params) {
		const res = await this._keySchedule(mode, sharedSecret, params);
		if (res.key === void 0) return new SenderExporterContextImpl(this._api, this._kdf, res.exporterSecret, enc);
		return new SenderContextImpl(this._api, this._kdf, res, enc);
	}
	async _keyScheduleR(mode, sharedSecret, params) {
		const res = await this._keySchedule(mode, sharedSecret, params);
		if (res.key === void 0) return new RecipientExporterContextImpl(this._api, this._kdf, res.exporterSecret);
		return new RecipientContextImpl(this._api, this._kdf, res);
	}
	_validateInputLength(params) {
		if (params.info !== void 0 && params.info.byteLength > 268435456) throw new InvalidParamError("Too long info");
		if (params.psk !== void 0) {
			if (params.psk.key.byteLength < 32) throw new InvalidParamError(`PSK must have at least 32 bytes`);
			if (params.psk.key.byteLength > 8192) throw new InvalidParamError("Too long psk.key");
			if (params.psk.id.byteLength > 8192) throw new InvalidParamError("Too long psk.id");
		}
	}
};
// node_modules/@hpke/core/esm/src/native.js
/**
* The Hybrid Public Key Encryption (HPKE) ciphersuite,
* which is implemented using only
* {@link https://www.w3.org/TR/WebCryptoAPI/ | Web Cryptography API}.
*
* This class is the same as
* {@link https://jsr.io/@hpke/core/doc/~/CipherSuiteNative | @hpke/core#CipherSuiteNative} as follows:
* which supports only the ciphersuites that can be implemented on the native
* {@link https://www.w3.org/TR/WebCryptoAPI/ | Web Cryptography API}.
* Therefore, the following cryptographic algorithms are not supported for now:
* - `DHKEM(X448, HKDF-SHA512)`
* - `ChaCha20Poly1305`
*
* In addtion, the HKDF functions contained in this `CipherSuiteNative`
* class can only derive keys of the same length as the `hashSize`.
*
* If you want to use the unsupported cryptographic algorithms
* above or derive keys longer than the `hashSize`,
* please use {@link https://jsr.io/@hpke/hpke-js/doc/~/CipherSuite | hpke-js#CipherSuite}.
*
* This class provides following functions:
*
* - Creates encryption contexts both for senders and recipients.
*     - {@link createSenderContext}
*     - {@link createRecipientContext}
* - Provides single-shot encryption API.
*     - {@link seal}
*     - {@link open}
*
* The calling of the constructor of this class is the starting
* point for HPKE operations for both senders and recipients.
*
* @example Use only ciphersuites supported by Web Cryptography API.
*
* ```ts
* import {
*   Aes128Gcm,
*   DhkemP256HkdfSha256,
*   HkdfSha256,
*   CipherSuite,
* } from "@hpke/core";
*
* const suite = new CipherSuite({
*   kem: new DhkemP256HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*
* @example Use DHKEM(X25519, HKDF-SHA256).
*
* ```ts
* import {
*   Aes128Gcm,
*   CipherSuite,
*   DhkemX25519HkdfSha256,
*   HkdfSha256,
* } from "@hpke/core";
* const suite = new CipherSuite({
*   kem: new DhkemX25519HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*/
var CipherSuite = class extends CipherSuiteNative {};
/**
* The HKDF-SHA256 for HPKE KDF implementing {@link KdfInterface}.
*
* When using `@hpke/core`, the instance of this class must be specified
* to the `kem` parameter of {@link CipherSuiteParams} instead of `KdfId.HkdfSha256`.
*
* The KDF class can only derive keys of the same length as the `hashSize`.
* If you want to derive keys longer than the `hashSize`,
* please use {@link https://jsr.io/@hpke/hpke-js/doc/~/CipherSuite | hpke-js#CipherSuite}.
*
* @example
*
* ```ts
* import {
*   Aes128Gcm,
*   CipherSuite,
*   DhkemP256HkdfSha256,
*   HkdfSha256,
* } from "@hpke/core";
*
* const suite = new CipherSuite({
*   kem: new DhkemP256HkdfSha256(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*/
var HkdfSha256$1 = class extends HkdfSha256Native {};
// node_modules/mlkem/esm/src/errors.js
/**
* The base error class of kyber-ts.
*/
var MlKemError = class extends Error {
	constructor(e) {
		let message;
		if (e instanceof Error) message = e.message;
		else if (typeof e === "string") message = e;
		else message = "";
		super(message);
		this.name = this.constructor.name;
	}
};
// node_modules/mlkem/esm/src/consts.js
var Q = 3329;
var Q_INV = 62209;
var NTT_ZETAS = [
	2285,
	2571,
	2970,
	1812,
	1493,
	1422,
	287,
	202,
	3158,
	622,
	1577,
	182,
	962,
	2127,
	1855,
	1468,
	573,
	2004,
	264,
	383,
	2500,
	1458,
	1727,
	3199,
	2648,
	1017,
	732,
	608,
	1787,
	411,
	3124,
	1758,
	1223,
	652,
	2777,
	1015,
	2036,
	1491,
	3047,
	1785,
	516,
	3321,
	3009,
	2663,
	1711,
	2167,
	126,
	1469,
	2476,
	3239,
	3058,
	830,
	107,
	1908,
	3082,
	2378,
	2931,
	961,
	1821,
	2604,
	448,
	2264,
	677,
	2054,
	2226,
	430,
	555,
	843,
	2078,
	871,
	1550,
	105,
	422,
	587,
	177,
	3094,
	3038,
	2869,
	1574,
	1653,
	3083,
	778,
	1159,
	3182,
	2552,
	1483,
	2727,
	1119,
	1739,
	644,
	2457,
	349,
	418,
	329,
	3173,
	3254,
	817,
	1097,
	603,
	610,
	1322,
	2044,
	1864,
	384,
	2114,
	3193,
	1218,
	1994,
	2455,
	220,
	2142,
	1670,
	2144,
	1799,
	2051,
	794,
	1819,
	2475,
	2459,
	478,
	3221,
	3021,
	996,
	991,
	958,
	1869,
	1522,
	1628
];
var NTT_ZETAS_INV = [
	1701,
	1807,
	1460,
	2371,
	2338,
	2333,
	308,
	108,
	2851,
	870,
	854,
	1510,
	2535,
	1278,
	1530,
	1185,
	1659,
	1187,
	3109,
	874,
	1335,
	2111,
	136,
	1215,
	2945,
	1465,
	1285,
	2007,
	2719,
	2726,
	2232,
	2512,
	75,
	156,
	3e3,
	2911,
	2980,
	872,
	2685,
	1590,
	2210,
	602,
	1846,
	777,
	147,
	2170,
	2551,
	246,
	1676,
	1755,
	460,
	291,
	235,
	3152,
	2742,
	2907,
	3224,
	1779,
	2458,
	1251,
	2486,
	2774,
	2899,
	1103,
	1275,
	2652,
	1065,
	2881,
	725,
	1508,
	2368,
	398,
	951,
	247,
	1421,
	3222,
	2499,
	271,
	90,
	853,
	1860,
	3203,
	1162,
	1618,
	666,
	320,
	8,
	2813,
	1544,
	282,
	1838,
	1293,
	2314,
	552,
	2677,
	2106,
	1571,
	205,
	2918,
	1542,
	2721,
	2597,
	2312,
	681,
	130,
	1602,
	1871,
	829,
	2946,
	3065,
	1325,
	2756,
	1861,
	1474,
	1202,
	2367,
	3147,
	1752,
	2707,
	171,
	3127,
	3042,
	1907,
	1836,
	1517,
	359,
	758,
	1441
];
// node_modules/mlkem/esm/src/sha3/_u64.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/4e358a46d682adfb005ae6314ec999f2513086b9/src/_u64.ts
*/
/**
* Internal helpers for u64. BigUint64Array is too slow as per 2025, so we implement it using Uint32Array.
* @todo re-check https://issues.chromium.org/issues/42212588
* @module
*/
var U32_MASK64 = 4294967295n;
var _32n = 32n;
function fromBig(n, le = false) {
	if (le) return {
		h: Number(n & U32_MASK64),
		l: Number(n >> _32n & U32_MASK64)
	};
	return {
		h: Number(n >> _32n & U32_MASK64) | 0,
		l: Number(n & U32_MASK64) | 0
	};
}
function split(lst, le = false) {
	const len = lst.length;
	const Ah = new Uint32Array(len);
	const Al = new Uint32Array(len);
	for (let i = 0; i < len; i++) {
		const { h, l } = fromBig(lst[i], le);
		[Ah[i], Al[i]] = [h, l];
	}
	return [Ah, Al];
}
var rotlSH = (h, l, s) => h << s | l >>> 32 - s;
var rotlSL = (h, l, s) => l << s | h >>> 32 - s;
var rotlBH = (h, l, s) => l << s - 32 | h >>> 64 - s;
var rotlBL = (h, l, s) => h << s - 32 | l >>> 64 - s;
// node_modules/mlkem/esm/src/sha3/utils.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/4e358a46d682adfb005ae6314ec999f2513086b9/src/utils.ts
*/
/**
* Utilities for hex, bytes, CSPRNG.
* @module
*/
/*! noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com) */
/** Checks if something is Uint8Array. Be careful: nodejs Buffer will return true. */
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array";
}
/** Asserts something is positive integer. */
function anumber(n, title = "") {
	if (!Number.isSafeInteger(n) || n < 0) {
		const prefix = title && `"${title}" `;
		throw new Error(`${prefix}expected integer >0, got ${n}`);
	}
}
/** Asserts something is Uint8Array. */
function abytes(value, length, title = "") {
	const bytes = isBytes(value);
	const len = value?.length;
	const needsLen = length !== void 0;
	if (!bytes || needsLen && len !== length) {
		const prefix = title && `"${title}" `;
		const ofLen = needsLen ? ` of length ${length}` : "";
		const got = bytes ? `length=${len}` : `type=${typeof value}`;
		throw new Error(prefix + "expected Uint8Array" + ofLen + ", got " + got);
	}
	return value;
}
/** Asserts a hash instance has not been destroyed / finished */
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("Hash instance has been destroyed");
	if (checkFinished && instance.finished) throw new Error("Hash#digest() has already been called");
}
/** Asserts output is properly-sized byte array */
function aoutput(out, instance) {
	abytes(out, void 0, "digestInto() output");
	const min = instance.outputLen;
	if (out.length < min) throw new Error("\"digestInto() output\" expected to be of length >=" + min);
}
/** Cast u8 / u16 / u32 to u32. */
function u32(arr) {
	return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
/** Zeroize a byte array. Warning: JS provides no guarantees. */
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
/** Is current platform little-endian? Most are. Big-Endian platform: IBM */
var isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
/** The byte swap operation for uint32 */
function byteSwap(word) {
	return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
/** In place byte swap for Uint32Array */
function byteSwap32(arr) {
	for (let i = 0; i < arr.length; i++) arr[i] = byteSwap(arr[i]);
	return arr;
}
var swap32IfBE = isLE ? (u) => u : byteSwap32;
function createHasher(hashCons, info = {}) {
	const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	hashC.outputLen = tmp.outputLen;
	hashC.blockLen = tmp.blockLen;
	hashC.create = (opts) => hashCons(opts);
	Object.assign(hashC, info);
	return Object.freeze(hashC);
}
var oidNist = (suffix) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	suffix
]) });
// node_modules/mlkem/esm/src/sha3/sha3.js
/**
* This file is based on noble-hashes (https://github.com/paulmillr/noble-hashes).
*
* noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-hashes/blob/4e358a46d682adfb005ae6314ec999f2513086b9/src/sha3.ts
*/
/**
* SHA3 (keccak) hash function, based on a new "Sponge function" design.
* Different from older hashes, the internal state is bigger than output size.
*
* Check out [FIPS-202](https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.202.pdf),
* [Website](https://keccak.team/keccak.html),
* [the differences between SHA-3 and Keccak](https://crypto.stackexchange.com/questions/15727/what-are-the-key-differences-between-the-draft-sha-3-standard-and-the-keccak-sub).
*
* Check out `sha3-addons` module for cSHAKE, k12, and others.
* @module
*/
var _0n = 0n;
var _1n$1 = 1n;
var _2n$1 = 2n;
var _7n = 7n;
var _256n = 256n;
var _0x71n = 113n;
var SHA3_PI = [];
var SHA3_ROTL = [];
var _SHA3_IOTA = [];
for (let round = 0, R = _1n$1, x = 1, y = 0; round < 24; round++) {
	[x, y] = [y, (2 * x + 3 * y) % 5];
	SHA3_PI.push(2 * (5 * y + x));
	SHA3_ROTL.push((round + 1) * (round + 2) / 2 % 64);
	let t = _0n;
	for (let j = 0; j < 7; j++) {
		R = (R << _1n$1 ^ (R >> _7n) * _0x71n) % _256n;
		if (R & _2n$1) t ^= _1n$1 << (_1n$1 << BigInt(j)) - _1n$1;
	}
	_SHA3_IOTA.push(t);
}
var IOTAS = split(_SHA3_IOTA, true);
var SHA3_IOTA_H = IOTAS[0];
var SHA3_IOTA_L = IOTAS[1];
var rotlH = (h, l, s) => s > 32 ? rotlBH(h, l, s) : rotlSH(h, l, s);
var rotlL = (h, l, s) => s > 32 ? rotlBL(h, l, s) : rotlSL(h, l, s);
/** `keccakf1600` internal function, additionally allows to adjust round count. */
function keccakP(s, rounds = 24, B) {
	if (!B) B = /* @__PURE__ */ new Uint32Array(10);
	for (let round = 24 - rounds; round < 24; round++) {
		for (let x = 0; x < 10; x++) B[x] = s[x] ^ s[x + 10] ^ s[x + 20] ^ s[x + 30] ^ s[x + 40];
		{
			const Th = rotlH(B[2], B[3], 1) ^ B[8];
			const Tl = rotlL(B[2], B[3], 1) ^ B[9];
			s[0] ^= Th;
			s[1] ^= Tl;
			s[10] ^= Th;
			s[11] ^= Tl;
			s[20] ^= Th;
			s[21] ^= Tl;
			s[30] ^= Th;
			s[31] ^= Tl;
			s[40] ^= Th;
			s[41] ^= Tl;
		}
		{
			const Th = rotlH(B[4], B[5], 1) ^ B[0];
			const Tl = rotlL(B[4], B[5], 1) ^ B[1];
			s[2] ^= Th;
			s[3] ^= Tl;
			s[12] ^= Th;
			s[13] ^= Tl;
			s[22] ^= Th;
			s[23] ^= Tl;
			s[32] ^= Th;
			s[33] ^= Tl;
			s[42] ^= Th;
			s[43] ^= Tl;
		}
		{
			const Th = rotlH(B[6], B[7], 1) ^ B[2];
			const Tl = rotlL(B[6], B[7], 1) ^ B[3];
			s[4] ^= Th;
			s[5] ^= Tl;
			s[14] ^= Th;
			s[15] ^= Tl;
			s[24] ^= Th;
			s[25] ^= Tl;
			s[34] ^= Th;
			s[35] ^= Tl;
			s[44] ^= Th;
			s[45] ^= Tl;
		}
		{
			const Th = rotlH(B[8], B[9], 1) ^ B[4];
			const Tl = rotlL(B[8], B[9], 1) ^ B[5];
			s[6] ^= Th;
			s[7] ^= Tl;
			s[16] ^= Th;
			s[17] ^= Tl;
			s[26] ^= Th;
			s[27] ^= Tl;
			s[36] ^= Th;
			s[37] ^= Tl;
			s[46] ^= Th;
			s[47] ^= Tl;
		}
		{
			const Th = rotlH(B[0], B[1], 1) ^ B[6];
			const Tl = rotlL(B[0], B[1], 1) ^ B[7];
			s[8] ^= Th;
			s[9] ^= Tl;
			s[18] ^= Th;
			s[19] ^= Tl;
			s[28] ^= Th;
			s[29] ^= Tl;
			s[38] ^= Th;
			s[39] ^= Tl;
			s[48] ^= Th;
			s[49] ^= Tl;
		}
		let curH = s[2];
		let curL = s[3];
		let Th, Tl;
		Th = rotlSH(curH, curL, 1);
		Tl = rotlSL(curH, curL, 1);
		curH = s[20];
		curL = s[21];
		s[20] = Th;
		s[21] = Tl;
		Th = rotlSH(curH, curL, 3);
		Tl = rotlSL(curH, curL, 3);
		curH = s[14];
		curL = s[15];
		s[14] = Th;
		s[15] = Tl;
		Th = rotlSH(curH, curL, 6);
		Tl = rotlSL(curH, curL, 6);
		curH = s[22];
		curL = s[23];
		s[22] = Th;
		s[23] = Tl;
		Th = rotlSH(curH, curL, 10);
		Tl = rotlSL(curH, curL, 10);
		curH = s[34];
		curL = s[35];
		s[34] = Th;
		s[35] = Tl;
		Th = rotlSH(curH, curL, 15);
		Tl = rotlSL(curH, curL, 15);
		curH = s[36];
		curL = s[37];
		s[36] = Th;
		s[37] = Tl;
		Th = rotlSH(curH, curL, 21);
		Tl = rotlSL(curH, curL, 21);
		curH = s[6];
		curL = s[7];
		s[6] = Th;
		s[7] = Tl;
		Th = rotlSH(curH, curL, 28);
		Tl = rotlSL(curH, curL, 28);
		curH = s[10];
		curL = s[11];
		s[10] = Th;
		s[11] = Tl;
		Th = rotlBH(curH, curL, 36);
		Tl = rotlBL(curH, curL, 36);
		curH = s[32];
		curL = s[33];
		s[32] = Th;
		s[33] = Tl;
		Th = rotlBH(curH, curL, 45);
		Tl = rotlBL(curH, curL, 45);
		curH = s[16];
		curL = s[17];
		s[16] = Th;
		s[17] = Tl;
		Th = rotlBH(curH, curL, 55);
		Tl = rotlBL(curH, curL, 55);
		curH = s[42];
		curL = s[43];
		s[42] = Th;
		s[43] = Tl;
		Th = rotlSH(curH, curL, 2);
		Tl = rotlSL(curH, curL, 2);
		curH = s[48];
		curL = s[49];
		s[48] = Th;
		s[49] = Tl;
		Th = rotlSH(curH, curL, 14);
		Tl = rotlSL(curH, curL, 14);
		curH = s[8];
		curL = s[9];
		s[8] = Th;
		s[9] = Tl;
		Th = rotlSH(curH, curL, 27);
		Tl = rotlSL(curH, curL, 27);
		curH = s[30];
		curL = s[31];
		s[30] = Th;
		s[31] = Tl;
		Th = rotlBH(curH, curL, 41);
		Tl = rotlBL(curH, curL, 41);
		curH = s[46];
		curL = s[47];
		s[46] = Th;
		s[47] = Tl;
		Th = rotlBH(curH, curL, 56);
		Tl = rotlBL(curH, curL, 56);
		curH = s[38];
		curL = s[39];
		s[38] = Th;
		s[39] = Tl;
		Th = rotlSH(curH, curL, 8);
		Tl = rotlSL(curH, curL, 8);
		curH = s[26];
		curL = s[27];
		s[26] = Th;
		s[27] = Tl;
		Th = rotlSH(curH, curL, 25);
		Tl = rotlSL(curH, curL, 25);
		curH = s[24];
		curL = s[25];
		s[24] = Th;
		s[25] = Tl;
		Th = rotlBH(curH, curL, 43);
		Tl = rotlBL(curH, curL, 43);
		curH = s[4];
		curL = s[5];
		s[4] = Th;
		s[5] = Tl;
		Th = rotlBH(curH, curL, 62);
		Tl = rotlBL(curH, curL, 62);
		curH = s[40];
		curL = s[41];
		s[40] = Th;
		s[41] = Tl;
		Th = rotlSH(curH, curL, 18);
		Tl = rotlSL(curH, curL, 18);
		curH = s[28];
		curL = s[29];
		s[28] = Th;
		s[29] = Tl;
		Th = rotlBH(curH, curL, 39);
		Tl = rotlBL(curH, curL, 39);
		curH = s[44];
		curL = s[45];
		s[44] = Th;
		s[45] = Tl;
		Th = rotlBH(curH, curL, 61);
		Tl = rotlBL(curH, curL, 61);
		curH = s[18];
		curL = s[19];
		s[18] = Th;
		s[19] = Tl;
		Th = rotlSH(curH, curL, 20);
		Tl = rotlSL(curH, curL, 20);
		curH = s[12];
		curL = s[13];
		s[12] = Th;
		s[13] = Tl;
		Th = rotlBH(curH, curL, 44);
		Tl = rotlBL(curH, curL, 44);
		s[2] = Th;
		s[3] = Tl;
		for (let y = 0; y < 50; y += 10) {
			B[0] = s[y];
			B[1] = s[y + 1];
			B[2] = s[y + 2];
			B[3] = s[y + 3];
			B[4] = s[y + 4];
			B[5] = s[y + 5];
			B[6] = s[y + 6];
			B[7] = s[y + 7];
			B[8] = s[y + 8];
			B[9] = s[y + 9];
			s[y + 0] ^= ~B[2] & B[4];
			s[y + 1] ^= ~B[3] & B[5];
			s[y + 2] ^= ~B[4] & B[6];
			s[y + 3] ^= ~B[5] & B[7];
			s[y + 4] ^= ~B[6] & B[8];
			s[y + 5] ^= ~B[7] & B[9];
			s[y + 6] ^= ~B[8] & B[0];
			s[y + 7] ^= ~B[9] & B[1];
			s[y + 8] ^= ~B[0] & B[2];
			s[y + 9] ^= ~B[1] & B[3];
		}
		s[0] ^= SHA3_IOTA_H[round];
		s[1] ^= SHA3_IOTA_L[round];
	}
}
/** Keccak sponge function. */
var Keccak = class Keccak {
	constructor(blockLen, suffix, outputLen, enableXOF = false, rounds = 24) {
		Object.defineProperty(this, "state", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "pos", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "posOut", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "finished", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "state32", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "destroyed", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "_B", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint32Array(10)
		});
		Object.defineProperty(this, "blockLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "suffix", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "outputLen", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "enableXOF", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "rounds", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this.blockLen = blockLen;
		this.suffix = suffix;
		this.outputLen = outputLen;
		this.enableXOF = enableXOF;
		this.rounds = rounds;
		anumber(outputLen, "outputLen");
		if (!(0 < blockLen && blockLen < 200)) throw new Error("only keccak-f1600 function is supported");
		this.state = /* @__PURE__ */ new Uint8Array(200);
		this.state32 = u32(this.state);
	}
	clone() {
		return this._cloneInto();
	}
	/** Resets instance to initial (empty) state for reuse. */
	reset() {
		this.state.fill(0);
		this.pos = 0;
		this.posOut = 0;
		this.finished = false;
		this.destroyed = false;
	}
	keccak() {
		swap32IfBE(this.state32);
		keccakP(this.state32, this.rounds, this._B);
		swap32IfBE(this.state32);
		this.posOut = 0;
		this.pos = 0;
	}
	update(data) {
		aexists(this);
		abytes(data);
		return this.updateUnsafe(data);
	}
	/** Like update(), but skips validation. Caller must ensure valid state and input. */
	updateUnsafe(data) {
		const { blockLen, state } = this;
		const len = data.length;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			for (let i = 0; i < take; i++) state[this.pos++] ^= data[pos++];
			if (this.pos === blockLen) this.keccak();
		}
		return this;
	}
	finish() {
		if (this.finished) return;
		this.finished = true;
		const { state, suffix, pos, blockLen } = this;
		state[pos] ^= suffix;
		if ((suffix & 128) !== 0 && pos === blockLen - 1) this.keccak();
		state[blockLen - 1] ^= 128;
		this.keccak();
	}
	writeInto(out) {
		aexists(this, false);
		abytes(out);
		return this.writeIntoUnsafe(out);
	}
	/** Like writeInto(), but skips validation. Caller must ensure valid state and output. */
	writeIntoUnsafe(out) {
		this.finish();
		const bufferOut = this.state;
		const { blockLen } = this;
		for (let pos = 0, len = out.length; pos < len;) {
			if (this.posOut >= blockLen) this.keccak();
			const take = Math.min(blockLen - this.posOut, len - pos);
			out.set(bufferOut.subarray(this.posOut, this.posOut + take), pos);
			this.posOut += take;
			pos += take;
		}
		return out;
	}
	xofInto(out) {
		if (!this.enableXOF) throw new Error("XOF is not possible for this instance");
		return this.writeInto(out);
	}
	xof(bytes) {
		anumber(bytes);
		return this.xofInto(new Uint8Array(bytes));
	}
	digestInto(out) {
		aoutput(out, this);
		if (this.finished) throw new Error("digest() was already called");
		this.writeInto(out);
		this.destroy();
		return out;
	}
	digest() {
		return this.digestInto(new Uint8Array(this.outputLen));
	}
	destroy() {
		this.destroyed = true;
		clean(this.state);
	}
	_cloneInto(to) {
		const { blockLen, suffix, outputLen, rounds, enableXOF } = this;
		to ||= new Keccak(blockLen, suffix, outputLen, enableXOF, rounds);
		to.state32.set(this.state32);
		to.pos = this.pos;
		to.posOut = this.posOut;
		to.finished = this.finished;
		to.rounds = rounds;
		to.suffix = suffix;
		to.outputLen = outputLen;
		to.enableXOF = enableXOF;
		to.destroyed = this.destroyed;
		return to;
	}
};
var genKeccak = (suffix, blockLen, outputLen, info = {}) => createHasher(() => new Keccak(blockLen, suffix, outputLen), info);
/** SHA3-256 hash function. Different from keccak-256. */
var sha3_256 = /* @__PURE__ */ genKeccak(6, 136, 32, /* @__PURE__ */ oidNist(8));
var genShake = (suffix, blockLen, outputLen, info = {}) => createHasher((opts = {}) => new Keccak(blockLen, suffix, opts.dkLen === void 0 ? outputLen : opts.dkLen, true), info);
/** SHAKE256 XOF with 256-bit security. */
var shake256 = /* @__PURE__ */ genShake(31, 136, 32, /* @__PURE__ */ oidNist(12));
var dntGlobalThis = createMergeProxy(globalThis, {});
function createMergeProxy(baseObj, extObj) {
	return new Proxy(baseObj, {
		get(_target, prop, _receiver) {
			if (prop in extObj) return extObj[prop];
			else return baseObj[prop];
		},
		set(_target, prop, value) {
			if (prop in extObj) delete extObj[prop];
			baseObj[prop] = value;
			return true;
		},
		deleteProperty(_target, prop) {
			let success = false;
			if (prop in extObj) {
				delete extObj[prop];
				success = true;
			}
			if (prop in baseObj) {
				delete baseObj[prop];
				success = true;
			}
			return success;
		},
		ownKeys(_target) {
			const baseKeys = Reflect.ownKeys(baseObj);
			const extKeys = Reflect.ownKeys(extObj);
			const extKeysSet = new Set(extKeys);
			return [...baseKeys.filter((k) => !extKeysSet.has(k)), ...extKeys];
		},
		defineProperty(_target, prop, desc) {
			if (prop in extObj) delete extObj[prop];
			Reflect.defineProperty(baseObj, prop, desc);
			return true;
		},
		getOwnPropertyDescriptor(_target, prop) {
			if (prop in extObj) return Reflect.getOwnPropertyDescriptor(extObj, prop);
			else return Reflect.getOwnPropertyDescriptor(baseObj, prop);
		},
		has(_target, prop) {
			return prop in extObj || prop in baseObj;
		}
	});
}
// node_modules/mlkem/esm/src/utils.js
function byte(n) {
	return n & 255;
}
function int16(n) {
	return n << 16 >> 16;
}
function uint16(n) {
	return n & 65535;
}
/**
* compares two arrays
* @returns 1 if they are the same or 0 if not
*/
function constantTimeCompare(x, y) {
	if (x.length != y.length) return 0;
	let v = 0;
	for (let i = 0; i < x.length; i++) v |= x[i] ^ y[i];
	let z = ~v & 255;
	z &= z >> 4;
	z &= z >> 2;
	z &= z >> 1;
	return z & 1;
}
function equalUint8Array(x, y) {
	if (x.length != y.length) return false;
	for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
	return true;
}
async function loadCrypto() {
	if (typeof dntGlobalThis !== "undefined" && globalThis.crypto !== void 0) return globalThis.crypto;
	try {
		const { webcrypto } = await import("crypto");
		return webcrypto;
	} catch (_e) {
		throw new Error("failed to load Crypto");
	}
}
function byteopsLoad32(x, o = 0) {
	return (x[o] | x[o + 1] << 8 | x[o + 2] << 16 | x[o + 3] << 24) >>> 0;
}
// node_modules/mlkem/esm/src/mlKemBase.js
/**
* This implementation is based on https://github.com/antontutoveanu/crystals-kyber-javascript,
* which was deveploped under the MIT licence below:
* https://github.com/antontutoveanu/crystals-kyber-javascript/blob/main/LICENSE
*/
/**
* Represents the base class for the ML-KEM key encapsulation mechanism.
*
* This class provides the base implementation for the ML-KEM key encapsulation mechanism.
*
* @remarks
*
* This class is not intended to be used directly. Instead, use one of the subclasses:
*
* @example
*
* ```ts
* // Using jsr:
* import { MlKemBase } from "@dajiaji/mlkem";
* // Using npm:
* // import { MlKemBase } from "mlkem"; // or "crystals-kyber-js"
*
* class MlKem768 extends MlKemBase {
*   protected _k = 3;
*   protected _du = 10;
*   protected _dv = 4;
*   protected _eta1 = 2;
*   protected _eta2 = 2;
*
*   constructor() {
*     super();
*     this._skSize = 12 * this._k * N / 8;
*     this._pkSize = this._skSize + 32;
*     this._compressedUSize = this._k * this._du * N / 8;
*     this._compressedVSize = this._dv * N / 8;
*   }
* }
*
* const kyber = new MlKem768();
* ```
*/
var MlKemBase = class {
	/**
	* Creates a new instance of the MlKemBase class.
	*/
	constructor() {
		Object.defineProperty(this, "_api", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_k", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_du", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_dv", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_eta1", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_eta2", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_skSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_pkSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_compressedUSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_compressedVSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 0
		});
		Object.defineProperty(this, "_poolG", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_poolH", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_poolKdf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_poolXof", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_poolPrf1", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_poolPrf2", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_bufG", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(64)
		});
		Object.defineProperty(this, "_bufH", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(32)
		});
		Object.defineProperty(this, "_bufKdf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(32)
		});
		Object.defineProperty(this, "_bufXof", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(672)
		});
		Object.defineProperty(this, "_bufPrf1", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_bufPrf2", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_nonceBuf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(1)
		});
		Object.defineProperty(this, "_xofSeed", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: /* @__PURE__ */ new Uint8Array(34)
		});
		Object.defineProperty(this, "_kBuf", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_matrixA", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_noiseVecs", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_polyVec", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_bufPkCheck", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_bufCt", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
	}
	_initPool() {
		this._poolG = new Keccak(72, 6, 64);
		this._poolH = new Keccak(136, 6, 32);
		this._poolKdf = new Keccak(136, 31, 32, true);
		this._poolXof = new Keccak(168, 31, 672, true);
		const prf1Len = this._eta1 * 256 / 4;
		this._poolPrf1 = new Keccak(136, 31, prf1Len, true);
		this._bufPrf1 = new Uint8Array(prf1Len);
		const prf2Len = this._eta2 * 256 / 4;
		this._poolPrf2 = new Keccak(136, 31, prf2Len, true);
		this._bufPrf2 = new Uint8Array(prf2Len);
		this._kBuf = new Uint8Array([this._k]);
		this._matrixA = new Array(this._k);
		for (let i = 0; i < this._k; i++) {
			this._matrixA[i] = new Array(this._k);
			for (let j = 0; j < this._k; j++) this._matrixA[i][j] = /* @__PURE__ */ new Int16Array(256);
		}
		const maxNoise = 2 * this._k + 1;
		this._noiseVecs = new Array(maxNoise);
		for (let i = 0; i < maxNoise; i++) this._noiseVecs[i] = /* @__PURE__ */ new Int16Array(256);
		this._polyVec = new Array(this._k);
		for (let i = 0; i < this._k; i++) this._polyVec[i] = /* @__PURE__ */ new Int16Array(256);
		this._bufPkCheck = new Uint8Array(384 * this._k);
		this._bufCt = new Uint8Array(this._compressedUSize + this._compressedVSize);
	}
	_zeroPool() {
		this._bufG.fill(0);
		this._bufH.fill(0);
		this._bufKdf.fill(0);
		this._bufXof.fill(0);
		this._bufPrf1.fill(0);
		this._bufPrf2.fill(0);
		this._nonceBuf[0] = 0;
		this._xofSeed.fill(0);
		for (let i = 0; i < this._k; i++) for (let j = 0; j < this._k; j++) this._matrixA[i][j].fill(0);
		for (let i = 0; i < this._noiseVecs.length; i++) this._noiseVecs[i].fill(0);
		for (let i = 0; i < this._k; i++) this._polyVec[i].fill(0);
		this._bufPkCheck.fill(0);
		this._bufCt.fill(0);
		this._poolG.reset();
		this._poolH.reset();
		this._poolKdf.reset();
		this._poolXof.reset();
		this._poolPrf1.reset();
		this._poolPrf2.reset();
	}
	_polyToBytes(out, outOffset, a) {
		let t0, t1;
		for (let i = 0; i < 128; i++) {
			t0 = a[2 * i] - Q;
			t0 += t0 >> 31 & Q;
			t1 = a[2 * i + 1] - Q;
			t1 += t1 >> 31 & Q;
			out[outOffset + 3 * i + 0] = byte(t0);
			out[outOffset + 3 * i + 1] = byte(t0 >> 8) | byte(t1 << 4);
			out[outOffset + 3 * i + 2] = byte(t1 >> 4);
		}
	}
	_polyFromBytes(out, a, aOffset) {
		for (let i = 0; i < 128; i++) {
			out[2 * i] = int16((uint16(a[aOffset + 3 * i + 0]) >> 0 | uint16(a[aOffset + 3 * i + 1]) << 8) & 4095);
			out[2 * i + 1] = int16((uint16(a[aOffset + 3 * i + 1]) >> 4 | uint16(a[aOffset + 3 * i + 2]) << 4) & 4095);
		}
	}
	_g(a, b) {
		this._poolG.reset();
		this._poolG.updateUnsafe(a);
		if (b !== void 0) this._poolG.updateUnsafe(b);
		this._poolG.writeIntoUnsafe(this._bufG);
		return [this._bufG.subarray(0, 32), this._bufG.subarray(32, 64)];
	}
	_h(msg) {
		this._poolH.reset();
		this._poolH.updateUnsafe(msg).writeIntoUnsafe(this._bufH);
		return this._bufH;
	}
	_kdf(a, b) {
		this._poolKdf.reset();
		this._poolKdf.updateUnsafe(a);
		if (b !== void 0) this._poolKdf.updateUnsafe(b);
		this._poolKdf.writeIntoUnsafe(this._bufKdf);
		return this._bufKdf;
	}
	_xof(seed) {
		this._poolXof.reset();
		this._poolXof.updateUnsafe(seed).writeIntoUnsafe(this._bufXof);
		return this._bufXof;
	}
	_prf1(sigma, nonce) {
		this._nonceBuf[0] = nonce;
		this._poolPrf1.reset();
		this._poolPrf1.updateUnsafe(sigma).updateUnsafe(this._nonceBuf).writeIntoUnsafe(this._bufPrf1);
		return this._bufPrf1;
	}
	_prf2(sigma, nonce) {
		this._nonceBuf[0] = nonce;
		this._poolPrf2.reset();
		this._poolPrf2.updateUnsafe(sigma).updateUnsafe(this._nonceBuf).writeIntoUnsafe(this._bufPrf2);
		return this._bufPrf2;
	}
	_generateKeyPairCore() {
		try {
			const rnd = /* @__PURE__ */ new Uint8Array(64);
			this._api.getRandomValues(rnd);
			return this._deriveKeyPair(rnd);
		} finally {
			this._zeroPool();
		}
	}
	_deriveKeyPairCore(seed) {
		try {
			if (seed.byteLength !== 64) throw new Error("seed must be 64 bytes in length");
			return this._deriveKeyPair(seed);
		} finally {
			this._zeroPool();
		}
	}
	_encapCore(pk, seed) {
		try {
			if (pk.length !== 384 * this._k + 32) throw new Error("invalid encapsulation key");
			const m = this._getSeed(seed);
			const [k, r] = this._g(m, this._h(pk));
			this._encap(pk, m, r);
			return [this._bufCt.slice(), k.slice()];
		} finally {
			this._zeroPool();
		}
	}
	_decapCore(ct, sk) {
		try {
			if (ct.byteLength !== this._compressedUSize + this._compressedVSize) throw new Error("Invalid ct size");
			if (sk.length !== 768 * this._k + 96) throw new Error("Invalid decapsulation key");
			const sk2 = sk.subarray(0, this._skSize);
			const pk = sk.subarray(this._skSize, this._skSize + this._pkSize);
			const hpk = sk.subarray(this._skSize + this._pkSize, this._skSize + this._pkSize + 32);
			const z = sk.subarray(this._skSize + this._pkSize + 32, this._skSize + this._pkSize + 64);
			const m2 = this._decap(ct, sk2);
			const [k2, r2] = this._g(m2, hpk);
			const kBar = this._kdf(z, ct);
			this._encap(pk, m2, r2);
			return constantTimeCompare(ct, this._bufCt) === 1 ? k2.slice() : kBar.slice();
		} finally {
			this._zeroPool();
		}
	}
	/**
	* Sets up the MlKemBase instance by loading the necessary crypto library.
	* If the crypto library is already loaded, this method does nothing.
	* @returns {Promise<void>} A promise that resolves when the setup is complete.
	*/
	async _setup() {
		if (this._api !== void 0) return;
		this._api = await loadCrypto();
	}
	/**
	* Returns a Uint8Array seed for cryptographic operations.
	* If no seed is provided, a random seed of length 32 bytes is generated.
	* If a seed is provided, it must be exactly 32 bytes in length.
	*
	* @param seed - Optional seed for cryptographic operations.
	* @returns A Uint8Array seed.
	* @throws Error if the provided seed is not 32 bytes in length.
	*/
	_getSeed(seed) {
		if (seed == void 0) {
			const s = /* @__PURE__ */ new Uint8Array(32);
			this._api.getRandomValues(s);
			return s;
		}
		if (seed.byteLength !== 32) throw new Error("seed must be 32 bytes in length");
		return seed;
	}
	/**
	* Derives a key pair from a given seed.
	*
	* @param seed - The seed used for key derivation.
	* @returns An array containing the public key and secret key.
	*/
	_deriveKeyPair(seed) {
		const cpaSeed = seed.subarray(0, 32);
		const z = seed.subarray(32, 64);
		const [pk, skBody] = this._deriveCpaKeyPair(cpaSeed);
		const pkh = this._h(pk);
		const sk = new Uint8Array(this._skSize + this._pkSize + 64);
		sk.set(skBody, 0);
		sk.set(pk, this._skSize);
		sk.set(pkh, this._skSize + this._pkSize);
		sk.set(z, this._skSize + this._pkSize + 32);
		return [pk, sk];
	}
	/**
	* Derives a CPA key pair using the provided CPA seed.
	*
	* @param cpaSeed - The CPA seed used for key derivation.
	* @returns An array containing the public key and private key.
	*/
	_deriveCpaKeyPair(cpaSeed) {
		const [publicSeed, noiseSeed] = this._g(cpaSeed, this._kBuf);
		const a = this._sampleMatrix(publicSeed, false);
		const s = this._sampleNoise1(noiseSeed, 0, this._k);
		const e = this._sampleNoise1(noiseSeed, this._k, this._k);
		for (let i = 0; i < this._k; i++) {
			s[i] = ntt(s[i]);
			s[i] = reduce(s[i]);
			e[i] = ntt(e[i]);
		}
		const pk = new Array(this._k);
		for (let i = 0; i < this._k; i++) {
			pk[i] = polyToMont(multiply(a[i], s));
			pk[i] = add(pk[i], e[i]);
			pk[i] = reduce(pk[i]);
		}
		const pubKey = new Uint8Array(this._pkSize);
		for (let i = 0; i < this._k; i++) this._polyToBytes(pubKey, i * 384, pk[i]);
		pubKey.set(publicSeed, this._skSize);
		const privKey = new Uint8Array(this._skSize);
		for (let i = 0; i < this._k; i++) this._polyToBytes(privKey, i * 384, s[i]);
		return [pubKey, privKey];
	}
	/**
	* Encapsulates a message using the ML-KEM encryption scheme.
	*
	* @param pk - The public key.
	* @param msg - The message to be encapsulated.
	* @param seed - The seed used for generating random values.
	* @returns The encapsulated message as a Uint8Array.
	*/
	_encap(pk, msg, seed) {
		const tHat = this._polyVec;
		const pkCheck = this._bufPkCheck;
		for (let i = 0; i < this._k; i++) {
			this._polyFromBytes(tHat[i], pk, i * 384);
			this._polyToBytes(pkCheck, i * 384, tHat[i]);
		}
		if (!equalUint8Array(pk.subarray(0, pkCheck.length), pkCheck)) throw new Error("invalid encapsulation key");
		const rho = pk.subarray(this._skSize);
		const a = this._sampleMatrix(rho, true);
		const r = this._sampleNoise1(seed, 0, this._k);
		const e1 = this._sampleNoise2(seed, this._k, this._k);
		const e2 = this._sampleNoise2(seed, this._k * 2, 1)[0];
		for (let i = 0; i < this._k; i++) {
			r[i] = ntt(r[i]);
			r[i] = reduce(r[i]);
		}
		const u = new Array(this._k);
		for (let i = 0; i < this._k; i++) {
			u[i] = multiply(a[i], r);
			u[i] = nttInverse(u[i]);
			u[i] = add(u[i], e1[i]);
			u[i] = reduce(u[i]);
		}
		const m = polyFromMsg(msg);
		let v = multiply(tHat, r);
		v = nttInverse(v);
		v = add(v, e2);
		v = add(v, m);
		v = reduce(v);
		this._compressU(this._bufCt.subarray(0, this._compressedUSize), u);
		this._compressV(this._bufCt.subarray(this._compressedUSize), v);
		return this._bufCt;
	}
	/**
	* Decapsulates the ciphertext using the provided secret key.
	*
	* @param ct - The ciphertext to be decapsulated.
	* @param sk - The secret key used for decapsulation.
	* @returns The decapsulated message as a Uint8Array.
	*/
	_decap(ct, sk) {
		const u = this._decompressU(ct.subarray(0, this._compressedUSize));
		const v = this._decompressV(ct.subarray(this._compressedUSize));
		const privateKeyPolyvec = this._polyvecFromBytes(sk);
		for (let i = 0; i < this._k; i++) u[i] = ntt(u[i]);
		let mp = multiply(privateKeyPolyvec, u);
		mp = nttInverse(mp);
		mp = subtract(v, mp);
		mp = reduce(mp);
		return polyToMsg(mp);
	}
	/**
	* Generates a sample matrix based on the provided seed and transposition flag.
	*
	* @param seed - The seed used for generating the matrix.
	* @param transposed - A flag indicating whether the matrix should be transposed or not.
	* @returns The generated sample matrix.
	*/
	_sampleMatrix(seed, transposed) {
		const a = this._matrixA;
		this._xofSeed.set(seed);
		for (let ctr = 0, i = 0; i < this._k; i++) for (let j = 0; j < this._k; j++) {
			if (transposed) {
				this._xofSeed[seed.length] = i;
				this._xofSeed[seed.length + 1] = j;
			} else {
				this._xofSeed[seed.length] = j;
				this._xofSeed[seed.length + 1] = i;
			}
			const output = this._xof(this._xofSeed);
			ctr = indcpaRejUniform(a[i][j], 0, output.subarray(0, 504), 504, 256);
			while (ctr < 256) {
				const outputn = output.subarray(504, 672);
				ctr += indcpaRejUniform(a[i][j], ctr, outputn, 168, 256 - ctr);
			}
		}
		return a;
	}
	/**
	* Generates a 2D array of noise samples.
	*
	* @param sigma - The noise parameter.
	* @param offset - The offset value.
	* @param size - The size of the array.
	* @returns The generated 2D array of noise samples.
	*/
	_sampleNoise1(sigma, offset, size) {
		const r = new Array(size);
		for (let i = 0; i < size; i++) {
			r[i] = this._noiseVecs[offset + i];
			byteopsCbd(r[i], this._prf1(sigma, offset + i), this._eta1);
		}
		return r;
	}
	/**
	* Generates a 2-dimensional array of noise samples.
	*
	* @param sigma - The noise parameter.
	* @param offset - The offset value.
	* @param size - The size of the array.
	* @returns The generated 2-dimensional array of noise samples.
	*/
	_sampleNoise2(sigma, offset, size) {
		const r = new Array(size);
		for (let i = 0; i < size; i++) {
			r[i] = this._noiseVecs[offset + i];
			byteopsCbd(r[i], this._prf2(sigma, offset + i), this._eta2);
		}
		return r;
	}
	/**
	* Converts a Uint8Array to a 2D array of numbers representing a polynomial vector.
	* Each element in the resulting array represents a polynomial.
	* @param a The Uint8Array to convert.
	* @returns The 2D array of numbers representing the polynomial vector.
	*/
	_polyvecFromBytes(a) {
		const r = this._polyVec;
		for (let i = 0; i < this._k; i++) this._polyFromBytes(r[i], a, i * 384);
		return r;
	}
	/**
	* Compresses the given array of coefficients into a Uint8Array.
	*
	* @param r - The output Uint8Array.
	* @param u - The array of coefficients.
	* @returns The compressed Uint8Array.
	*/
	_compressU(r, u) {
		const t = new Array(4);
		for (let rr = 0, i = 0; i < this._k; i++) for (let j = 0; j < 64; j++) {
			for (let k = 0; k < 4; k++) t[k] = ((u[i][4 * j + k] << 10) + Q / 2) / Q & 1023;
			r[rr++] = byte(t[0] >> 0);
			r[rr++] = byte(t[0] >> 8 | t[1] << 2);
			r[rr++] = byte(t[1] >> 6 | t[2] << 4);
			r[rr++] = byte(t[2] >> 4 | t[3] << 6);
			r[rr++] = byte(t[3] >> 2);
		}
		return r;
	}
	/**
	* Compresses the given array of numbers into a Uint8Array.
	*
	* @param r - The Uint8Array to store the compressed values.
	* @param v - The array of numbers to compress.
	* @returns The compressed Uint8Array.
	*/
	_compressV(r, v) {
		const t = /* @__PURE__ */ new Uint8Array(8);
		for (let rr = 0, i = 0; i < 32; i++) {
			for (let j = 0; j < 8; j++) t[j] = byte(((v[8 * i + j] << 4) + Q / 2) / Q) & 15;
			r[rr++] = t[0] | t[1] << 4;
			r[rr++] = t[2] | t[3] << 4;
			r[rr++] = t[4] | t[5] << 4;
			r[rr++] = t[6] | t[7] << 4;
		}
		return r;
	}
	/**
	* Decompresses a Uint8Array into a two-dimensional array of numbers.
	*
	* @param a The Uint8Array to decompress.
	* @returns The decompressed two-dimensional array.
	*/
	_decompressU(a) {
		const r = new Array(this._k);
		for (let i = 0; i < this._k; i++) r[i] = /* @__PURE__ */ new Int16Array(256);
		const t = new Array(4);
		for (let aa = 0, i = 0; i < this._k; i++) for (let j = 0; j < 64; j++) {
			t[0] = uint16(a[aa + 0]) >> 0 | uint16(a[aa + 1]) << 8;
			t[1] = uint16(a[aa + 1]) >> 2 | uint16(a[aa + 2]) << 6;
			t[2] = uint16(a[aa + 2]) >> 4 | uint16(a[aa + 3]) << 4;
			t[3] = uint16(a[aa + 3]) >> 6 | uint16(a[aa + 4]) << 2;
			aa = aa + 5;
			for (let k = 0; k < 4; k++) r[i][4 * j + k] = int16((t[k] & 1023) * Q + 512 >> 10);
		}
		return r;
	}
	/**
	* Decompresses a Uint8Array into an array of numbers.
	*
	* @param a - The Uint8Array to decompress.
	* @returns An array of numbers.
	*/
	_decompressV(a) {
		const r = /* @__PURE__ */ new Int16Array(256);
		for (let aa = 0, i = 0; i < 128; i++, aa++) {
			r[2 * i + 0] = int16((a[aa] & 15) * Q + 8 >> 4);
			r[2 * i + 1] = int16((a[aa] >> 4) * Q + 8 >> 4);
		}
		return r;
	}
};
/**
* Converts a polynomial to a message represented as a Uint8Array.
* @param a - The polynomial to convert.
* @returns The message as a Uint8Array.
*/
function polyToMsg(a) {
	const msg = /* @__PURE__ */ new Uint8Array(32);
	let t, v;
	for (let i = 0; i < 32; i++) for (let j = 0; j < 8; j++) {
		v = a[8 * i + j] - Q;
		v += v >> 31 & Q;
		t = ((uint16(v) << 1) + uint16(Q / 2)) / uint16(Q) & 1;
		msg[i] |= byte(t << j);
	}
	return msg;
}
/**
* Converts a Uint8Array message to an array of numbers representing a polynomial.
* Each element in the array is an int16 (0-65535).
*
* @param msg - The Uint8Array message to convert.
* @returns An array of numbers representing the polynomial.
*/
function polyFromMsg(msg) {
	const r = /* @__PURE__ */ new Int16Array(256);
	let mask;
	for (let i = 0; i < 32; i++) for (let j = 0; j < 8; j++) {
		mask = -1 * int16(msg[i] >> j & 1);
		r[8 * i + j] = mask & int16((Q + 1) / 2);
	}
	return r;
}
/**
* Generates an array of random numbers from a given buffer, rejecting values greater than a specified threshold.
*
* @param buf - The input buffer containing random bytes.
* @param bufl - The length of the input buffer.
* @param len - The desired length of the output array.
* @returns An array of random numbers and the actual length of the output array.
*/
function indcpaRejUniform(out, outOffset, buf, bufl, len) {
	let ctr = 0;
	let val0, val1;
	for (let pos = 0; ctr < len && pos + 3 <= bufl;) {
		val0 = (uint16(buf[pos] >> 0) | uint16(buf[pos + 1]) << 8) & 4095;
		val1 = (uint16(buf[pos + 1] >> 4) | uint16(buf[pos + 2]) << 4) & 4095;
		pos = pos + 3;
		if (val0 < 3329) {
			out[outOffset + ctr] = val0;
			ctr = ctr + 1;
		}
		if (ctr < len && val1 < 3329) {
			out[outOffset + ctr] = val1;
			ctr = ctr + 1;
		}
	}
	return ctr;
}
/**
* Converts a Uint8Array buffer to an array of numbers using the CBD operation.
* @param buf - The input Uint8Array buffer.
* @param eta - The value used in the CBD operation.
* @returns An array of numbers obtained from the CBD operation.
*/
function byteopsCbd(out, buf, eta) {
	let t, d;
	let a, b;
	for (let i = 0; i < 32; i++) {
		t = byteopsLoad32(buf, 4 * i);
		d = t & 1431655765;
		d = d + (t >> 1 & 1431655765);
		for (let j = 0; j < 8; j++) {
			a = int16(d >> 4 * j + 0 & 3);
			b = int16(d >> 4 * j + eta & 3);
			out[8 * i + j] = a - b;
		}
	}
}
/**
* Performs the Number Theoretic Transform (NTT) on an array of numbers.
*
* @param r - The input array of numbers.
* @returns The transformed array of numbers.
*/
function ntt(r) {
	for (let j = 0, k = 1, l = 128; l >= 2; l >>= 1) for (let start = 0; start < 256; start = j + l) {
		const zeta = NTT_ZETAS[k];
		k = k + 1;
		for (j = start; j < start + l; j++) {
			const t = nttFqMul(zeta, r[j + l]);
			r[j + l] = r[j] - t;
			r[j] = r[j] + t;
		}
	}
	return r;
}
/**
* Performs an NTT (Number Theoretic Transform) multiplication on two numbers in Fq.
* @param a The first number.
* @param b The second number.
* @returns The result of the NTT multiplication.
*/
function nttFqMul(a, b) {
	const ab = a * b;
	return ab - (Math.imul(ab, Q_INV) << 16 >> 16) * Q >> 16;
}
/**
* Reduces each element in the given array using the barrett function.
*
* @param r - The array to be reduced.
* @returns The reduced array.
*/
function reduce(r) {
	for (let i = 0; i < 256; i++) r[i] = barrett(r[i]);
	return r;
}
/**
* Performs the Barrett reduction algorithm on the given number.
*
* @param a - The number to be reduced.
* @returns The result of the reduction.
*/
var BARRETT_V = ((1 << 24) + Q / 2) / Q;
function barrett(a) {
	let t = BARRETT_V * a >> 24;
	t = t * Q;
	return a - t;
}
/**
* Converts a polynomial to the Montgomery domain.
*
* @param r - The polynomial to be converted.
* @returns The polynomial in the Montgomery domain.
*/
function polyToMont(r) {
	const f = 1353;
	for (let i = 0; i < 256; i++) {
		const a = r[i] * f;
		const u = Math.imul(a, Q_INV) << 16 >> 16;
		r[i] = a - u * Q >> 16;
	}
	return r;
}
/**
* Multiplies two matrices element-wise and returns the result.
* @param a - The first matrix.
* @param b - The second matrix.
* @returns The resulting matrix after element-wise multiplication.
*/
function multiply(a, b) {
	let r = polyBaseMulMontgomery(a[0], b[0]);
	let t;
	for (let i = 1; i < a.length; i++) {
		t = polyBaseMulMontgomery(a[i], b[i]);
		r = add(r, t);
	}
	return reduce(r);
}
/**
* Performs polynomial base multiplication in Montgomery domain.
* @param a - The first polynomial array.
* @param b - The second polynomial array.
* @returns The result of the polynomial base multiplication.
*/
function polyBaseMulMontgomery(a, b) {
	for (let i = 0; i < 64; i++) {
		const idx = 4 * i;
		const a0 = a[idx], a1 = a[idx + 1], a2 = a[idx + 2], a3 = a[idx + 3];
		const b0 = b[idx], b1 = b[idx + 1], b2 = b[idx + 2], b3 = b[idx + 3];
		const zeta = NTT_ZETAS[64 + i];
		a[idx] = nttFqMul(nttFqMul(a1, b1), zeta) + nttFqMul(a0, b0);
		a[idx + 1] = nttFqMul(a0, b1) + nttFqMul(a1, b0);
		a[idx + 2] = nttFqMul(nttFqMul(a3, b3), -zeta) + nttFqMul(a2, b2);
		a[idx + 3] = nttFqMul(a2, b3) + nttFqMul(a3, b2);
	}
	return a;
}
/**
* Adds two arrays element-wise.
* @param a - The first array.
* @param b - The second array.
* @returns The resulting array after element-wise addition.
*/
function add(a, b) {
	for (let i = 0; i < 256; i++) a[i] += b[i];
	return a;
}
/**
* Subtracts the elements of array b from array a.
*
* @param a - The array from which to subtract.
* @param b - The array to subtract.
* @returns The resulting array after subtraction.
*/
function subtract(a, b) {
	for (let i = 0; i < 256; i++) a[i] -= b[i];
	return a;
}
/**
* Performs the inverse Number Theoretic Transform (NTT) on the given array.
*
* @param r - The input array to perform the inverse NTT on.
* @returns The array after performing the inverse NTT.
*/
function nttInverse(r) {
	let j = 0;
	for (let k = 0, l = 2; l <= 128; l <<= 1) for (let start = 0; start < 256; start = j + l) {
		const zeta = NTT_ZETAS_INV[k];
		k = k + 1;
		for (j = start; j < start + l; j++) {
			const t = r[j];
			r[j] = barrett(t + r[j + l]);
			r[j + l] = t - r[j + l];
			r[j + l] = nttFqMul(zeta, r[j + l]);
		}
	}
	for (j = 0; j < 256; j++) r[j] = nttFqMul(r[j], NTT_ZETAS_INV[127]);
	return r;
}
// node_modules/mlkem/esm/src/mlKem768.js
/**
* This implementation is based on https://github.com/antontutoveanu/crystals-kyber-javascript,
* which was deveploped under the MIT licence below:
* https://github.com/antontutoveanu/crystals-kyber-javascript/blob/main/LICENSE
*/
/**
* Represents the MlKem768 class, which extends the MlKemBase class.
*
* This class extends the MlKemBase class and provides specific implementation for MlKem768.
*
* @deprecated Use {@link createMlKem768} instead. This async class-based API will be removed in a future release.
*
* @remarks
*
* MlKem768 is a specific implementation of the ML-KEM key encapsulation mechanism.
*
* @example
*
* ```ts
* // Using jsr:
* import { createMlKem768 } from "@dajiaji/mlkem";
* // Using npm:
* // import { createMlKem768 } from "mlkem"; // or "crystals-kyber-js"
*
* const recipient = await createMlKem768();
* const [pkR, skR] = recipient.generateKeyPair();
*
* const sender = await createMlKem768();
* const [ct, ssS] = sender.encap(pkR);
*
* const ssR = recipient.decap(ct, skR);
* // ssS === ssR
* ```
*/
var MlKem768 = class extends MlKemBase {
	constructor() {
		super();
		Object.defineProperty(this, "_k", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 3
		});
		Object.defineProperty(this, "_du", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 10
		});
		Object.defineProperty(this, "_dv", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 4
		});
		Object.defineProperty(this, "_eta1", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 2
		});
		Object.defineProperty(this, "_eta2", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 2
		});
		this._skSize = 12 * this._k * 256 / 8;
		this._pkSize = this._skSize + 32;
		this._compressedUSize = this._k * this._du * 256 / 8;
		this._compressedVSize = this._dv * 256 / 8;
		this._initPool();
	}
	/**
	* Generates a keypair [publicKey, privateKey].
	*
	* If an error occurred, throws {@link MlKemError}.
	*
	* @returns A kaypair [publicKey, privateKey].
	* @throws {@link MlKemError}
	*/
	async generateKeyPair() {
		await this._setup();
		try {
			return this._generateKeyPairCore();
		} catch (e) {
			throw new MlKemError(e);
		}
	}
	/**
	* Derives a keypair [publicKey, privateKey] deterministically from a 64-octet seed.
	*
	* If an error occurred, throws {@link MlKemError}.
	*
	* @param seed A 64-octet seed for the deterministic key generation.
	* @returns A kaypair [publicKey, privateKey].
	* @throws {@link MlKemError}
	*/
	async deriveKeyPair(seed) {
		await this._setup();
		try {
			return this._deriveKeyPairCore(seed);
		} catch (e) {
			throw new MlKemError(e);
		}
	}
	/**
	* Generates a shared secret from the encapsulated ciphertext and the private key.
	*
	* If an error occurred, throws {@link MlKemError}.
	*
	* @param pk A public key.
	* @param seed An optional 32-octet seed for the deterministic shared secret generation.
	* @returns A ciphertext (encapsulated public key) and a shared secret.
	* @throws {@link MlKemError}
	*/
	async encap(pk, seed) {
		await this._setup();
		try {
			return this._encapCore(pk, seed);
		} catch (e) {
			throw new MlKemError(e);
		}
	}
	/**
	* Generates a ciphertext for the public key and a shared secret.
	*
	* If an error occurred, throws {@link MlKemError}.
	*
	* @param ct A ciphertext generated by {@link encap}.
	* @param sk A private key.
	* @returns A shared secret.
	* @throws {@link MlKemError}
	*/
	async decap(ct, sk) {
		await this._setup();
		try {
			return this._decapCore(ct, sk);
		} catch (e) {
			throw new MlKemError(e);
		}
	}
};
// node_modules/@hpke/dhkem-x25519/esm/src/primitives/x25519.js
/**
* This file is based on noble-curves (https://github.com/paulmillr/noble-curves).
*
* noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com)
*
* The original file is located at:
* https://github.com/paulmillr/noble-curves/blob/b9d49d2b41d550571a0c5be443ecb62109fa3373/src/ed25519.ts
*/
/**
* ed25519 Twisted Edwards curve with following addons:
* - X25519 ECDH
* - Ristretto cofactor elimination
* - Elligator hash-to-group / point indistinguishability
* @module
*/
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _1n = 1n;
var _2n = 2n;
var _3n = 3n;
var _5n = 5n;
var ed25519_CURVE_p = 57896044618658097711785492504343953926634992332820282019728792003956564819949n;
function ed25519_pow_2_252_3(x) {
	const _10n = 10n;
	const _20n = 20n;
	const _40n = 40n;
	const _80n = 80n;
	const P = ed25519_CURVE_p;
	const b2 = x * x % P * x % P;
	const b5 = pow2(pow2(b2, _2n, P) * b2 % P, _1n, P) * x % P;
	const b10 = pow2(b5, _5n, P) * b5 % P;
	const b20 = pow2(b10, _10n, P) * b10 % P;
	const b40 = pow2(b20, _20n, P) * b20 % P;
	const b80 = pow2(b40, _40n, P) * b40 % P;
	return {
		pow_p_5_8: pow2(pow2(pow2(pow2(b80, _80n, P) * b80 % P, _80n, P) * b80 % P, _10n, P) * b10 % P, _2n, P) * x % P,
		b2
	};
}
function adjustScalarBytes(bytes) {
	bytes[0] &= 248;
	bytes[31] &= 127;
	bytes[31] |= 64;
	return bytes;
}
var x25519 = /* @__PURE__ */ (() => {
	const P = ed25519_CURVE_p;
	return montgomery({
		P,
		type: "x25519",
		powPminus2: (x) => {
			const { pow_p_5_8, b2 } = ed25519_pow_2_252_3(x);
			return mod(pow2(pow_p_5_8, _3n, P) * b2, P);
		},
		adjustScalarBytes
	});
})();
// node_modules/@hpke/dhkem-x25519/esm/src/hkdfSha256.js
var HkdfSha256 = class extends HkdfSha256Native {
	async extract(salt, ikm) {
		await this._setup();
		const saltBuf = salt.byteLength === 0 ? new ArrayBuffer(this.hashSize) : toArrayBuffer(salt);
		const ikmBuf = toArrayBuffer(ikm);
		if (saltBuf.byteLength !== this.hashSize) return hmac(sha256, new Uint8Array(saltBuf), new Uint8Array(ikmBuf)).buffer;
		const key = await this._api.importKey("raw", saltBuf, this.algHash, false, ["sign"]);
		return await this._api.sign("HMAC", key, ikmBuf);
	}
};
// node_modules/@hpke/dhkem-x25519/esm/src/dhkemX25519.js
var X25519 = class extends XCurveDhkemPrimitives {
	constructor(hkdf) {
		super("X25519", 32, x25519, hkdf);
	}
	derive(sk, pk) {
		try {
			return Promise.resolve(this._curve.getSharedSecret(sk, pk));
		} catch (e) {
			return Promise.reject(new SerializeError(e));
		}
	}
};
// node_modules/@hpke/hybridkem-x-wing/esm/src/xWing.js
var ALG_NAME = "X-Wing";
var X25519_BASE = new Uint8Array([
	9,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0
]);
var XWING_LABEL = new Uint8Array([
	92,
	46,
	47,
	47,
	94,
	92
]);
function combiner(ssM, ssX, ctX, pkX) {
	const ret = new Uint8Array(ssM.length + ssX.length + ctX.length + pkX.length + XWING_LABEL.length);
	ret.set(ssM, 0);
	ret.set(ssX, ssM.length);
	ret.set(ctX, ssM.length + ssX.length);
	ret.set(pkX, ssM.length + ssX.length + ctX.length);
	ret.set(XWING_LABEL, ssM.length + ssX.length + ctX.length + pkX.length);
	return sha3_256.create().update(ret).digest();
}
/**
* The Hybrid Post-Quantum KEM (X25519, Kyber768).
*
* This class is implemented using
* {@link https://github.com/Argyle-Software/kyber | pqc-kyber }.
*
* The instance of this class can be specified to the
* {@link https://jsr.io/@hpke/core/doc/~/CipherSuiteParams | CipherSuiteParams} as follows:
*
* @example Use with `@hpke/core`:
*
* ```ts
* import { Aes128Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
* import { XWing } from "@hpke/hybridkem-x-wing";
* const suite = new CipherSuite({
*   kem: new XWing(),
*   kdf: new HkdfSha256(),
*   aead: new Aes128Gcm(),
* });
* ```
*/
var XWing = class {
	constructor() {
		Object.defineProperty(this, "id", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: KemId.XWing
		});
		Object.defineProperty(this, "name", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: ALG_NAME
		});
		Object.defineProperty(this, "secretSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 32
		});
		Object.defineProperty(this, "encSize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 1120
		});
		Object.defineProperty(this, "publicKeySize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 1216
		});
		Object.defineProperty(this, "privateKeySize", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: 32
		});
		Object.defineProperty(this, "auth", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: false
		});
		Object.defineProperty(this, "_m", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_x25519", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		Object.defineProperty(this, "_api", {
			enumerable: true,
			configurable: true,
			writable: true,
			value: void 0
		});
		this._m = new MlKem768();
		this._x25519 = new X25519(new HkdfSha256());
	}
	async serializePublicKey(key) {
		await this._setup();
		try {
			return await this._serializePublicKey(key);
		} catch (e) {
			throw new SerializeError(e);
		}
	}
	async deserializePublicKey(key) {
		await this._setup();
		try {
			return await this._deserializePublicKey(toArrayBuffer(key));
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	async serializePrivateKey(key) {
		await this._setup();
		try {
			return await this._serializePrivateKey(key);
		} catch (e) {
			throw new SerializeError(e);
		}
	}
	async deserializePrivateKey(key) {
		await this._setup();
		try {
			return await this._deserializePrivateKey(toArrayBuffer(key));
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	/**
	* Generates a new key pair.
	*
	* @returns {Promise<CryptoKeyPair>} A promise that resolves with a new key pair.
	*/
	async generateKeyPair() {
		await this._setup();
		const sk = /* @__PURE__ */ new Uint8Array(32);
		try {
			this._api.getRandomValues(sk);
		} catch (e) {
			throw new NotSupportedError(e);
		}
		try {
			const [_sk, pk] = await this._generateKeyPairDerand(sk);
			return {
				privateKey: await this.deserializePrivateKey(sk.buffer),
				publicKey: await this.deserializePublicKey(pk.buffer)
			};
		} catch (e) {
			throw new DeriveKeyPairError(e);
		}
	}
	/**
	* Generates a key pair from the secret key.
	* @param sk The secret key.
	* @returns {Promise<CryptoKeyPair>} A promise that resolves with a new key pair.
	* @throws {InvalidParamError} Thrown if the length of the secret key is not 32 bytes.
	* @throws {DeriveKeyPairError} Thrown if the key pair cannot be derived.
	*/
	async generateKeyPairDerand(sk) {
		if (sk.byteLength !== 32) throw new InvalidParamError("Invalid length of sk");
		try {
			const [_sk, pk] = await this._generateKeyPairDerand(sk);
			return {
				privateKey: await this.deserializePrivateKey(sk.buffer),
				publicKey: await this.deserializePublicKey(pk.buffer)
			};
		} catch (e) {
			throw new DeriveKeyPairError(e);
		}
	}
	/**
	* Derives a key pair from the input keying material.
	*
	* @param {ArrayBuffer} ikm The input keying material.
	* @returns {Promise<CryptoKeyPair>} A promise that resolves with a new key pair.
	* @throws {DeriveKeyPairError} Thrown if the key pair cannot be derived.
	* @throws {InvalidParamError} Thrown if the length of the IKM is not 32 bytes.
	*/
	async deriveKeyPair(ikm) {
		await this._setup();
		try {
			const rawIkm = toArrayBuffer(ikm);
			const sk = shake256.create({ dkLen: 32 }).update(new Uint8Array(rawIkm)).digest();
			const [_sk, pk] = await this._generateKeyPairDerand(sk);
			return {
				privateKey: await this.deserializePrivateKey(sk.buffer),
				publicKey: await this.deserializePublicKey(pk.buffer)
			};
		} catch (e) {
			throw new DeriveKeyPairError(e);
		}
	}
	/**
	* Imports a key from the input.
	* @param format The format of the key. "raw" or "jwk" can be specified.
	* @param key The key to import. If the format is "raw", the key must be an ArrayBuffer. If the format is "jwk", the key must be a JsonWebKey.
	* @param isPublic A boolean indicating whether the key is public or not. The default is true.
	* @returns {Promise<CryptoKey>} A promise that resolves with the imported key.
	* @throws {DeserializeError} Thrown if the key cannot be imported.
	*/
	async importKey(format, key, isPublic = true) {
		await this._setup();
		try {
			let ret;
			if (format === "jwk") {
				if (key instanceof ArrayBuffer || key instanceof Uint8Array) throw new Error("Invalid jwk key format");
				ret = await this._importJWK(key, isPublic);
			} else if (key instanceof ArrayBuffer) ret = new Uint8Array(key);
			else if (key instanceof Uint8Array) ret = key;
			else throw new Error("Invalid key format");
			if (isPublic && ret.byteLength !== this.publicKeySize) throw new Error("Invalid length of the key");
			if (!isPublic && ret.byteLength !== this.privateKeySize) throw new Error("Invalid length of the key");
			return new XCryptoKey(ALG_NAME, ret, isPublic ? "public" : "private", isPublic ? [] : KEM_USAGES);
		} catch (e) {
			throw new DeserializeError(e);
		}
	}
	/**
	* Encapsulates the shared secret and the `ct` (ciphertext) as `enc`.
	* @param params The parameters for encapsulation.
	* @returns {Promise<{ sharedSecret: ArrayBuffer; enc: ArrayBuffer }>} A promise that resolves with the `ss` (shared secret) as `sharedSecret` and the `ct` (ciphertext) as `enc`.
	* @throws {InvalidParamError} Thrown if the length of the `ekm` is not 64 bytes.
	* @throws {EncapError} Thrown if the shared secret cannot be encapsulated.
	*/
	async encap(params) {
		let ekm = void 0;
		if (params.ekm !== void 0 && !isCryptoKeyPair(params.ekm)) {
			ekm = toArrayBuffer(params.ekm);
			if (ekm.byteLength !== 64) throw new InvalidParamError("ekm must be 64 bytes in length");
		}
		await this._setup();
		let ekM = void 0;
		let ekX;
		if (ekm !== void 0) {
			const ek = new Uint8Array(ekm);
			ekM = ek.subarray(0, 32);
			ekX = ek.subarray(32, 64);
		} else {
			ekX = /* @__PURE__ */ new Uint8Array(32);
			try {
				this._api.getRandomValues(ekX);
			} catch (e) {
				throw new NotSupportedError(e);
			}
		}
		const pk = new Uint8Array(await this.serializePublicKey(params.recipientPublicKey));
		if (pk.byteLength !== 1216) throw new InvalidParamError("Invalid length of recipientPublicKey");
		try {
			const pkM = pk.subarray(0, 1184);
			const pkX = pk.subarray(1184, 1216);
			const ctX = await this._x25519.derive(ekX, X25519_BASE);
			const ssX = await this._x25519.derive(ekX, pkX);
			const [ctM, ssM] = await this._m.encap(pkM, ekM);
			return {
				sharedSecret: combiner(ssM, ssX, ctX, pkX).buffer,
				enc: concat(ctM, ctX).buffer
			};
		} catch (e) {
			throw new EncapError(e);
		}
	}
	/**
	* Decapsulates the `ss` (shared secret) from the `enc` and the recipient's private key.
	* The `enc` is the same as the `ct` (ciphertext) resulting from `X-Wing::Encapsulate(),
	* which is executed under the `encap()`.
	* @param params The parameters for decapsulation.
	* @returns {Promise<ArrayBuffer>} A promise that resolves with the shared secret.
	* @throws {InvalidParamError} Thrown if the length of the `enc` is not 1120 bytes.
	* @throws {DecapError} Thrown if the shared secret cannot be decapsulated.
	*/
	async decap(params) {
		const enc = toArrayBuffer(params.enc);
		const rSk = isCryptoKeyPair(params.recipientKey) ? params.recipientKey.privateKey : params.recipientKey;
		if (enc.byteLength !== 1120) throw new InvalidParamError("Invalid length of enc");
		const sk = new Uint8Array(await this.serializePrivateKey(rSk));
		if (sk.byteLength !== 32) throw new InvalidParamError("Invalid length of recipientKey");
		await this._setup();
		try {
			const [skM, skX, _pkM, pkX] = await this._expandDecapsulationKey(sk);
			const ct = new Uint8Array(enc);
			const ctM = ct.subarray(0, 1088);
			const ctX = ct.subarray(1088);
			return combiner(await this._m.decap(ctM, skM), await this._x25519.derive(skX, ctX), ctX, pkX).buffer;
		} catch (e) {
			throw new DecapError(e);
		}
	}
	/**
	* Sets up the MlKemBase instance by loading the necessary crypto library.
	* If the crypto library is already loaded, this method does nothing.
	* @returns {Promise<void>} A promise that resolves when the setup is complete.
	*/
	async _setup() {
		if (this._api !== void 0) return;
		this._api = await loadCrypto$1();
	}
	/**
	* Generates a key pair from the secret key.
	* @param sk The secret key.
	* @returns {Promise<[Uint8Array, Uint8Array]>} A promise that resolves with the key pair derived from the secret key.
	*/
	async _generateKeyPairDerand(sk) {
		const [_skM, _skX, pkM, pkX] = await this._expandDecapsulationKey(sk);
		return [sk, concat(pkM, pkX)];
	}
	/**
	* Expands the decapsulation key.
	* @param sk The secret key.
	* @returns {Promise<[Uint8Array, Uint8Array, Uint8Array, Uint8Array]>} A promise that resolves with the keys derived by expanding the secret key.
	*/
	async _expandDecapsulationKey(sk) {
		const expanded = shake256.create({ dkLen: 96 }).update(sk).digest();
		const [pkM, skM] = await this._m.deriveKeyPair(expanded.subarray(0, 64));
		const skX = expanded.subarray(64, 96);
		return [
			skM,
			skX,
			pkM,
			await this._x25519.derive(skX, X25519_BASE)
		];
	}
	_serializePublicKey(k) {
		return new Promise((resolve, reject) => {
			if (k.type !== "public") reject(/* @__PURE__ */ new Error("Not public key"));
			if (k.algorithm.name !== this.name) reject(/* @__PURE__ */ new Error(`Invalid algorithm name: ${k.algorithm.name}`));
			if (k.key.byteLength !== this.publicKeySize) reject(/* @__PURE__ */ new Error(`Invalid key length: ${k.key.byteLength}`));
			resolve(k.key.buffer);
		});
	}
	_deserializePublicKey(k) {
		return new Promise((resolve, reject) => {
			if (k.byteLength !== this.publicKeySize) reject(/* @__PURE__ */ new Error(`Invalid key length: ${k.byteLength}`));
			resolve(new XCryptoKey(this.name, new Uint8Array(k), "public"));
		});
	}
	_serializePrivateKey(k) {
		return new Promise((resolve, reject) => {
			if (k.type !== "private") reject(/* @__PURE__ */ new Error("Not private key"));
			if (k.algorithm.name !== this.name) reject(/* @__PURE__ */ new Error(`Invalid algorithm name: ${k.algorithm.name}`));
			if (k.key.byteLength !== this.privateKeySize) reject(/* @__PURE__ */ new Error(`Invalid key length: ${k.key.byteLength}`));
			resolve(k.key.buffer);
		});
	}
	_deserializePrivateKey(k) {
		return new Promise((resolve, reject) => {
			if (k.byteLength !== this.privateKeySize) reject(/* @__PURE__ */ new Error(`Invalid key length: ${k.byteLength}`));
			resolve(new XCryptoKey(this.name, new Uint8Array(k), "private", ["deriveBits"]));
		});
	}
	_importJWK(key, isPublic) {
		return new Promise((resolve, reject) => {
			if (typeof key.kty === "undefined" || key.kty !== "AKP") reject(/* @__PURE__ */ new Error(`Invalid kty: ${key.kty}`));
			if (typeof key.alg === "undefined" || key.alg !== ALG_NAME) reject(/* @__PURE__ */ new Error(`Invalid alg: ${key.alg}`));
			if (!isPublic) {
				if (typeof key.priv === "undefined") reject(/* @__PURE__ */ new Error("Invalid key: `priv` not found"));
				if (typeof key.key_ops !== "undefined" && (key.key_ops.length !== 1 || key.key_ops[0] !== "deriveBits")) reject(/* @__PURE__ */ new Error("Invalid key: `key_ops` should be ['deriveBits']"));
				resolve(base64UrlToBytes(key.priv));
			}
			if (typeof key.priv !== "undefined") reject(/* @__PURE__ */ new Error("Invalid key: `priv` should not be set"));
			if (typeof key.pub === "undefined") reject(/* @__PURE__ */ new Error("Invalid key: `pub` not found"));
			if (typeof key.key_ops !== "undefined" && key.key_ops.length > 0) reject(/* @__PURE__ */ new Error("Invalid key: `key_ops` should not be set"));
			resolve(base64UrlToBytes(key.pub));
		});
	}
};
// protocol/hpke.ts
/** The one door to the HPKE library (RFC 9180, base mode): suites, key pairs, and the two ends of one sealing. */
var buffer = (source) => own(source).buffer;
var view = (source) => new Uint8Array(source);
/** Wraps a suite of the library. */
function wrapSuite(kem, aead) {
	const suite = new CipherSuite({
		kem,
		kdf: new HkdfSha256$1(),
		aead
	});
	return {
		keyBytes: aead.keySize,
		generateKeyPair: () => suite.kem.generateKeyPair(),
		publicKeyBytes: async (key) => view(await suite.kem.serializePublicKey(key)),
		importKeyPair: async (secret, open) => ({
			privateKey: await suite.kem.deserializePrivateKey(buffer(secret)),
			publicKey: await suite.kem.deserializePublicKey(buffer(open))
		}),
		sender: async (recipient, info) => {
			const recipientPublicKey = await suite.kem.deserializePublicKey(buffer(recipient));
			const context = await suite.createSenderContext({
				recipientPublicKey,
				info: buffer(info)
			});
			return {
				enc: view(context.enc),
				seal: async (body, aad) => view(await context.seal(buffer(body), buffer(aad))),
				export: async (label, length) => view(await context.export(buffer(label), length))
			};
		},
		recipient: async (pair, { enc, info }) => {
			const context = await suite.createRecipientContext({
				recipientKey: pair,
				enc: buffer(enc),
				info: buffer(info)
			});
			return {
				enc: own(enc),
				open: async (sealed, aad) => view(await context.open(buffer(sealed), buffer(aad))),
				export: async (label, length) => view(await context.export(buffer(label), length))
			};
		}
	};
}
/** The suite of every job: X-Wing, HKDF-SHA256, AES-256-GCM. */
var jobSuite = () => wrapSuite(new XWing(), new Aes256Gcm());
// protocol/seal.ts
/**
* Sealing one job to one node (docs/protocol.md, section 5).
*
*   client                                              node
*     bind = SHA-256(offer | signature)                   the same, from its own offer
*     info = "bombyx/request/v1" | 0 | bind               a swapped offer gives another info: nothing opens
*     enc, sealed = HPKE.Seal(pad(job), aad "final")  ->  opens once, then deletes the job's key
*     secret = Export("bombyx/response/v1", 32)           the same secret keys the response
*/
/** The profile of every job. */
var jobProfile = {
	requestLabel: "bombyx/request/v1",
	responseLabel: "bombyx/response/v1",
	suite: jobSuite()
};
var finalAad = utf8("final");
/** The info string of a sealing that is bound to `context`. */
var sealInfo = (profile, context) => concat$1(utf8(profile.requestLabel), Uint8Array.of(0), context);
/** What ties a request to one offer of one node. */
var bindOffer = (signed) => hash(signed.offer, signed.signature);
/** Response keys from one end of a sealing (RFC 9458, 4.4). */
async function exportResponseKeys(end, { profile, nonce }) {
	const length = responseNonceBytes(profile);
	return responseKeys({
		secret: await end.export(utf8(profile.responseLabel), length),
		enc: end.enc,
		nonce,
		keyBytes: profile.suite.keyBytes
	});
}
/** max(Nk, Nn): 32 for jobs. */
var responseNonceBytes = (profile) => Math.max(profile.suite.keyBytes, 12);
/** Seals a job's bytes to the KEM key in an offer. @throws NetworkError `too-long` */
async function sealRequest(body, to) {
	const profile = jobProfile;
	const padded = pad(body, bucketFor(body.length));
	const sender = await profile.suite.sender(to.kemPublicKey, sealInfo(profile, to.bind));
	const sealed = await sender.seal(padded, finalAad);
	return {
		enc: sender.enc,
		sealed,
		responseKeys: (nonce) => exportResponseKeys(sender, {
			profile,
			nonce
		})
	};
}
// protocol/ids.ts
/** Branded ids: a node by its key, a job by its handle, a model by the hash of its manifest. All are lower-case hex. */
/** A fresh random handle; 128 bits, so that two never meet. */
var freshHandle = () => toHex(randomBytes$3(16));
/** The handle of messages that belong to the link, not to a job. */
var linkHandle = "0".repeat(32);
var handleField = id$1(16);
/** One frame. @throws NetworkError `too-large` */
function encodeMessage(kind, body, handle = linkHandle) {
	const wire = wireOfKind(kind);
	const writer = new Writer();
	writer.number(1, 1);
	writer.number(wire.number, 1);
	handleField.write(writer, handle);
	wire.body.write(writer, body);
	const frame = writer.finish();
	if (frame.length > limits.maxFrameBytes) throw new NetworkError("too-large", `${frame.length} bytes in one frame`);
	return frame;
}
/** What a router may know of a frame. @throws NetworkError `bad-message`, `bad-version`, `too-large` */
function peek(frame) {
	if (frame.length < 18) throw new NetworkError("bad-message", "shorter than the envelope");
	if (frame.length > limits.maxFrameBytes) throw new NetworkError("too-large", `${frame.length} bytes in one frame`);
	if (frame[0] !== 1) throw new NetworkError("bad-version", `version ${frame[0]}`);
	return {
		kind: kindOfWire(frame[1] ?? 0).kind,
		handle: toHex(frame.subarray(2, 18))
	};
}
/** The whole message of a frame. @throws NetworkError `bad-message`, `bad-version`, `too-large` */
function decodeMessage(frame) {
	const { kind, handle } = peek(frame);
	return {
		kind,
		handle,
		...decode(kindOfWire(frame[1] ?? 0).body, frame.subarray(18))
	};
}
// protocol/roles/deadline.ts
/** Waiting with an end: by time on a given clock, by a signal, or by both. */
/** The result of `work`, or NetworkError `code` after `ms`. The work itself is not stopped. */
async function within(work, { clock, ms, code }) {
	const done = new AbortController();
	const timer = clock.sleep(ms, done.signal).then(() => {
		throw new NetworkError(code, `nothing for ${ms} ms`);
	}, () => new Promise(() => {}));
	try {
		return await Promise.race([work, timer]);
	} finally {
		done.abort();
	}
}
/** The result of `work`, or the signal's reason as soon as it aborts. */
async function unlessAborted(work, signal) {
	work.catch(() => {});
	signal.throwIfAborted();
	const done = new AbortController();
	const aborted = new Promise((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), {
			once: true,
			signal: done.signal
		});
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		done.abort();
	}
}
// protocol/roles/client-lane.ts
/**
* The parts of one answer in their order, whichever way they come: over the relay, and for a while over a channel through TURN (`node-lane.ts`
* has the other side). The answer never waits for that channel to open, and goes back to the relay when it is silent or breaks.
*/
/** Parts that wait for their reader; more means that nobody reads. */
var maxWaiting$1 = 1024;
/**
* The first part and the least length of an answer. One that goes on is twice as long at least, as the relay would have seen without a meeting, too: that there is one
* tells nothing more. And most short answers are over before it would be worth its cost.
*/
var meetAfterParts = 1 + limits.minAnswerFrames;
/** How many eighths are full after so many parts; the first is no frame of the answer. */
var eighths = (parts) => Math.floor((parts - 1) / limits.laneSayEvery);
var ClientLane = class {
	#options;
	/** `left`: it was on the channel, and `back` was said; the node's own `back` is to come. */
	#way = "relay";
	#hasMoved = false;
	/** Whether a part was read that had come through TURN, and whether the reader was told. */
	#byTurn = "not yet";
	/** Parts that have come, in order: those before `moved` over the relay. */
	#received = 0;
	/** Of these, how many the node was told of. */
	#told = 0;
	/** Parts that come over the relay once more. */
	#again = 0;
	#meeting = "none";
	#door;
	#inlet;
	/** Parts from the channel that wait. */
	#parts = [];
	#met = Promise.withResolvers();
	#moved = Promise.withResolvers();
	#pulse = Promise.withResolvers();
	/** The next message over the relay, asked for and not yet taken. */
	#message;
	constructor(options) {
		this.#options = options;
	}
	/** Whether the first part has come through TURN; true once. */
	firstByTurn() {
		const isFirst = this.#byTurn === "now";
		if (isFirst) this.#byTurn = "told";
		return isFirst;
	}
	/** The next part. Rejects with `stalled` after `ms` without one, or with what ended the job. */
	async next(ms) {
		if (this.#received === meetAfterParts) this.#meet();
		for (;;) {
			const waiting = this.#hasMoved ? this.#parts.shift() : void 0;
			if (waiting) {
				if (this.#byTurn === "not yet") this.#byTurn = "now";
				return waiting;
			}
			const part = this.#way === "channel" ? await this.#besideChannel() : this.#take(await this.#within(this.#nextMessage(), ms));
			if (part) return part;
		}
	}
	/** Looks for a way around the relay, in the background. */
	#meet() {
		if (this.#meeting !== "none" || !this.#options.meetings) return;
		this.#meeting = "asked";
		const { clock } = this.#options;
		within(this.#open(this.#options.meetings), {
			clock,
			ms: limits.meetMs,
			code: "stalled"
		}).catch(() => {
			if (this.#way === "relay") this.#close();
		});
	}
	/**
	* The reader has all that it wants. What `node` sends after it is padding; where a meeting is on, it is taken as the answer was, wherever it comes: the relay must
	* not see where the answer ended.
	*/
	finish(node) {
		const isMeeting = this.#meeting === "asked" || this.#way !== "relay";
		this.#options.channel.leaveTail(node, isMeeting);
		if (isMeeting) this.#readTail();
		else this.#close();
	}
	/** Lets go of everything. */
	end() {
		this.#options.channel.close();
		this.#close();
	}
	async #readTail() {
		const most = 2 * this.#received + limits.minAnswerFrames;
		try {
			while (this.#received < most) await this.next(limits.stallMs);
		} catch {}
		this.end();
	}
	async #open(meetings) {
		const { channel } = this.#options;
		const door = await meetings.open();
		if (!door || this.#isOver()) return door?.close();
		this.#door = door;
		channel.send("meet", { peer: door.peer });
		const { accepted, peer } = await this.#met.promise;
		if (!accepted) return this.#close();
		const inlet = await door.reach(peer);
		if (this.#isOver()) return inlet.close();
		this.#inlet = inlet;
		inlet.send(encodeMessage("got", { parts: this.#received }, channel.handle));
		this.#listen(inlet);
		await this.#moved.promise;
	}
	async #listen(inlet) {
		const { handle } = this.#options.channel;
		try {
			for await (const frame of inlet.frames) {
				const message = decodeMessage(frame);
				if (this.#inlet !== inlet || message.kind !== "response" || message.handle !== handle || this.#parts.length >= maxWaiting$1) break;
				this.#parts.push(message.part);
				if (this.#hasMoved) this.#came(1);
				this.#beat();
			}
		} catch {}
		if (this.#inlet === inlet) this.#close();
	}
	/** So many parts more are here; tells the node at each eighth, and so of the last: an answer ends at a multiple of sixteen after its first part. */
	#came(parts) {
		this.#received += parts;
		if (eighths(this.#received) <= eighths(this.#told)) return;
		this.#told = this.#received;
		this.#inlet?.send(encodeMessage("got", { parts: this.#received }, this.#options.channel.handle));
	}
	/** Waits for the channel and the relay at once; the channel may not be silent. */
	async #besideChannel() {
		const message = this.#nextMessage();
		const heard = await this.#within(Promise.race([this.#pulse.promise, message]), limits.laneSilentMs).catch((error) => {
			if (codeOf(error) !== "stalled" || !this.#inlet) throw error;
			this.#close();
		});
		if (heard) return this.#take(heard);
		if (!this.#inlet) this.#leave();
	}
	#isOver() {
		return this.#meeting === "over";
	}
	#leave() {
		this.#way = "left";
		this.#options.channel.send("back", { parts: this.#received });
	}
	/** What a message over the relay brings. @throws NetworkError */
	#take(message) {
		this.#message = void 0;
		if (message.kind === "failed") throw new NetworkError(message.code, "said the other side");
		if (message.kind === "released") throw new NetworkError("node-lost", "it let go of the job");
		if (message.kind === "met" && this.#meeting !== "none") this.#met.resolve(message);
		else if (message.kind === "moved" && this.#meeting !== "none" && !this.#hasMoved && message.parts === this.#received) this.#move();
		else if (message.kind === "back" && this.#way !== "relay" && this.#isNear(message.parts)) this.#return(message.parts);
		else if (message.kind === "response" && this.#way === "relay") return this.#relayed(message.part);
		else throw new NetworkError("bad-message", `${message.kind} in the answer`);
	}
	/** A node keeps no more than a lane's parts, so it goes on from one of these. */
	#isNear(parts) {
		return parts <= this.#received && this.#received - parts <= limits.laneParts;
	}
	#relayed(part) {
		if (this.#again > 0) this.#again -= 1;
		else {
			this.#received += 1;
			return part;
		}
	}
	/** From here on parts come over the channel; some may have been faster than this word. */
	#move() {
		this.#hasMoved = true;
		this.#told = this.#received;
		this.#moved.resolve();
		if (!this.#inlet) {
			this.#parts.length = 0;
			return this.#leave();
		}
		this.#way = "channel";
		this.#came(this.#parts.length);
	}
	/** The node goes on over the relay, from a part that may be here already. */
	#return(from) {
		this.#way = "relay";
		this.#again = this.#received - from;
		this.#close();
	}
	#nextMessage() {
		this.#message ??= this.#options.channel.next();
		this.#message.catch(() => {});
		return this.#message;
	}
	#within(work, ms) {
		const { clock, signal } = this.#options;
		return unlessAborted(within(work, {
			clock,
			ms,
			code: "stalled"
		}), signal);
	}
	#beat() {
		this.#pulse.resolve();
		this.#pulse = Promise.withResolvers();
	}
	/** Lets go of the channel, or of looking for one. */
	#close() {
		this.#meeting = "over";
		this.#inlet?.close();
		this.#inlet = void 0;
		this.#door?.close();
		this.#door = void 0;
		this.#beat();
	}
};
// protocol/roles/free-work.ts
/** How long one slice is meant to take, ms: half a frame of a screen. */
var sliceMs = 8;
/** Tries of the first slice, and the most where the clock shows no time. */
var firstTries = 2e3;
var mostTries = 65536;
/** Whoever waits longer than this is told what for, ms. */
var patienceMs = 1e3;
var FreeWork = class {
	#demand;
	#options;
	#next = 1n;
	#before = Promise.resolve();
	constructor(demand, options) {
		this.#demand = demand;
		this.#options = options;
	}
	/** A number for this job. It has to be sent before anything else is awaited. Rejects with the signal's reason. */
	prove(handle, signal) {
		const proof = this.#before.then(() => this.#search(handle, signal));
		this.#before = proof.catch(() => {});
		return proof;
	}
	async #search(handle, signal) {
		const { clock, breathe } = this.#options;
		const next = tries({
			...this.#demand,
			handle
		}, this.#next);
		for (let count = firstTries;;) {
			await breathe();
			signal.throwIfAborted();
			const began = clock.now();
			const found = next(count);
			if (found !== void 0) {
				this.#next = found + 1n;
				return found;
			}
			const took = clock.now() - began;
			if (took < sliceMs / 2) count = Math.min(mostTries, count * 2);
			else if (took > sliceMs) count = Math.max(1, count >> 1);
		}
	}
};
/** Gives the number for a job; says so once where it takes long. */
async function* proveWork(work, { handle, clock, signal }) {
	const proof = unlessAborted(work.prove(handle, signal), signal);
	const done = new AbortController();
	const isLong = clock.sleep(patienceMs, done.signal).then(() => true, () => false);
	try {
		if (await Promise.race([proof.then(() => false), isLong])) yield { type: "working" };
		return await proof;
	} finally {
		done.abort();
		proof.catch(() => {});
	}
}
// protocol/roles/attempt.ts
/**
* One job at one node, as the client sees it:
*
*   client                      relay                        node
*     match {need, set}     ->    binds within the set   ->    slot
*     checks it             <-                           <-    offer, signed
*     request, sealed       ->    passes it on           ->    opens it once
*     opens each frame      <-    passes them on         <-    response: nonce, then frames on a clock
*     checks the receipt         (inside the last frames)
*
* On a direct link the client sends the slot itself.
*/
/** Runs one job. Throws NetworkError; before `bound` nothing of the job's content has left this side. */
async function* attempt(options) {
	const { link, model, job, nodes, direct, payer, priceCap, clock } = options;
	const jobBytes = encodeJob(job);
	const [only] = nodes;
	if (only !== void 0 && nodes.length === 1) link.cutTails(only);
	const channel = link.job(options.handle);
	const lane = laneOf(options, channel);
	let answered;
	let payment;
	try {
		const need = {
			model,
			bucketBytes: bucketFor(jobBytes.length),
			maxTokens: job.maxTokens
		};
		if (direct) channel.send("slot", need);
		else {
			const work = link.work && payer?.pays !== true ? yield* proveWork(link.work, {
				handle: channel.handle,
				clock,
				signal: options.signal
			}) : void 0;
			channel.send("match", {
				...need,
				priceCap,
				payment: payer?.kind ?? "free",
				nodes,
				work
			});
		}
		const { offer, node, bind } = yield* untilOffer(options, channel);
		const sealed = await sealRequest(jobBytes, {
			kemPublicKey: offer.kemPublicKey,
			bind
		});
		if (offer.ceiling > 0n) payment = await startPayment(payer, {
			offer,
			jobBytes
		});
		channel.send("request", {
			enc: sealed.enc,
			sealed: sealed.sealed
		});
		yield {
			type: "bound",
			node
		};
		const reader = new AnswerReader({
			job,
			jobBytes,
			offer,
			node,
			bind,
			clock
		});
		await reader.start(sealed, await lane.next(limits.stepMs));
		while (answered === void 0) {
			const part = await lane.next(job.delivery === "quiet" ? limits.silentMs : limits.stallMs);
			if (lane.firstByTurn()) yield { type: "moved" };
			const events = await reader.read(part);
			await payment?.cover(reader.counts);
			for (const event of events) {
				if (event.type === "done") answered = node;
				yield event;
			}
		}
	} finally {
		await payment?.end().catch(() => {});
		if (answered !== void 0) lane.finish(answered);
		else {
			if (link.isOpen) channel.send("cancel", {});
			lane.end();
		}
	}
}
/** A direct link is no better anywhere else, and one block is not worth a move. */
var laneOf = (options, channel) => new ClientLane({
	...options,
	channel,
	meetings: options.direct || options.job.delivery === "quiet" ? void 0 : options.meetings
});
function startPayment(payer, { offer, jobBytes }) {
	if (!payer) throw new NetworkError("unfunded", "a price, and nothing to pay with");
	return payer.start(offer, jobBytes.length);
}
async function* untilOffer(options, channel) {
	const until = options.clock.now() + limits.queueMs + limits.stepMs;
	for (;;) {
		const message = await nextMessage(options, {
			channel,
			ms: Math.max(0, until - options.clock.now()),
			code: "busy"
		});
		if (message.kind === "queued") yield {
			type: "waiting",
			position: message.position,
			etaMs: message.etaMs
		};
		else if (message.kind === "offer") {
			const demands = {
				handle: channel.handle,
				model: options.model,
				priceCap: options.priceCap,
				acceptable: new Set(options.nodes),
				now: options.clock.now()
			};
			try {
				return {
					offer: await checkOffer(message, demands),
					node: message.node,
					bind: bindOffer(message)
				};
			} catch (error) {
				throw error instanceof NetworkError ? new OfferRefused(error, message.node) : error;
			}
		} else if (message.kind === "redirect" && !options.direct && options.nodes.includes(message.node)) throw new Redirected(message);
		else throw new NetworkError("bad-message", `${message.kind} before the offer`);
	}
}
/** A node's offer was not what was asked for; another node may do. */
var OfferRefused = class extends NetworkError {
	node;
	constructor(error, node) {
		super(error.code, void 0, { cause: error });
		this.node = node;
	}
};
/** Another relay of the cluster holds a node for this job. */
var Redirected = class extends NetworkError {
	to;
	constructor(to) {
		super("refused", "at another relay");
		this.to = to;
	}
};
async function nextMessage({ clock, signal }, { channel, ms, code }) {
	const message = await unlessAborted(within(channel.next(), {
		clock,
		ms,
		code
	}), signal);
	if (message.kind === "failed") throw new NetworkError(message.code, "said the other side");
	return message;
}
/** Whether a record shows work; an empty text or a prompt that is read again and again does not. */
var isProgress = (record) => record.type === "item" || record.type === "text" && (record.text !== "" || record.tokens > 0);
/** Opens the frames of one answer and holds them against what was asked and offered. */
var AnswerReader = class {
	#bound;
	#records = new RecordReader();
	#started;
	#opener;
	#answer = new AnswerBody();
	#items = 0;
	#promptTokens = 0;
	#tokens = 0;
	#progress;
	#reason;
	constructor(bound) {
		this.#bound = bound;
		this.#started = bound.clock.now();
		this.#progress = this.#started;
	}
	/** Tokens that have come. */
	get counts() {
		return {
			prompt: this.#promptTokens,
			cached: 0,
			completion: this.#tokens,
			reasoning: 0
		};
	}
	async start(sealed, nonce) {
		if (nonce.length !== 32) throw new NetworkError("tampered", "not a response nonce");
		this.#opener = new FrameOpener(await sealed.responseKeys(nonce));
	}
	/** What one frame brought. @throws NetworkError `tampered`, `stalled`, `overran`, `bad-receipt`, or the node's own code */
	async read(part) {
		if (!this.#opener) throw new NetworkError("internal", "not started");
		const { content, final } = await this.#opener.open(part);
		const events = [];
		for (const record of this.#records.push(content)) {
			if (isProgress(record)) this.#progress = this.#bound.clock.now();
			const event = await this.#take(record);
			if (event) events.push(event);
		}
		const done = events.some((event) => event.type === "done");
		if (final && !done) throw new NetworkError("bad-receipt", "it ended without one");
		if (!done) this.#requireProgress();
		return events;
	}
	async #take(record) {
		if (record.type === "error") throw new NetworkError(record.code, "said the node");
		if (record.type === "receipt") return {
			type: "done",
			receipt: await this.#check(record)
		};
		if (this.#reason !== void 0) throw new NetworkError("overran", "more after the end");
		if (record.type === "end") this.#reason = record.reason;
		if (record.type === "prompt") {
			this.#promptTokens += record.tokens;
			if (this.#promptTokens > mostPromptTokens(this.#bound.job)) throw new NetworkError("overcharged", "more prompt tokens than the question can have");
		}
		if (record.type !== "text" && record.type !== "item") return void 0;
		const event = this.#add(record);
		this.#tokens += record.tokens;
		if (this.#tokens > mostCompletionTokens(this.#answer.length)) throw new NetworkError("overcharged", "more tokens than the answer can have");
		if (this.#tokens > this.#bound.job.maxTokens || this.#answer.length > limits.maxAnswerBytes) throw new NetworkError("overran", "more than was asked for");
		return event;
	}
	#add(record) {
		const { job } = this.#bound;
		if (record.type === "item" !== hasItems(job.task)) throw new NetworkError("bad-message", `${record.type} for ${job.task}`);
		if (record.type === "text") {
			this.#answer.addText(record.text);
			return {
				type: "text",
				text: record.text,
				tokens: record.tokens
			};
		}
		this.#items += 1;
		if (this.#items > mostItems(job)) throw new NetworkError("overran", "more items than there can be");
		this.#answer.addItem(record.body);
		return {
			type: "item",
			item: decodeItem(job.task, record.body),
			tokens: record.tokens
		};
	}
	#check(signed) {
		if (this.#reason === void 0) throw new NetworkError("bad-receipt", "before the end");
		const { offer, node, bind, job, jobBytes } = this.#bound;
		const { counts } = this;
		return checkReceipt(signed, {
			handle: offer.handle,
			offer: bind,
			model: offer.model,
			prices: offer.prices,
			jobBytes,
			answer: this.#answer.bytes,
			counts,
			reason: this.#reason,
			node,
			job,
			ceiling: offer.ceiling
		});
	}
	#requireProgress() {
		const now = this.#bound.clock.now();
		if (now - this.#started > limits.jobMs) throw new NetworkError("overran", "too long");
		if (now - this.#progress > limits.silentMs) throw new NetworkError("stalled", "frames without text");
	}
};
// protocol/roles/ask.ts
/** A question from its first match to its last word, over as many nodes as it takes: the reader sees no break. */
/** A reader waits: four seconds between two looks are enough. */
var mostPatience = 3;
/** A wait that is worth leaving a line for, and how often a question does. */
var longWaitMs = 1e4;
var maxMoves = 2;
/** Relays that a job is sent on to before it is asked anew. */
var maxRedirects = 3;
/** Losses after which another node continues: nothing says that the content was touched. */
var lossCodes = /* @__PURE__ */ new Set([
	"node-lost",
	"stalled",
	"engine-failed",
	"gpu-lost",
	"refused",
	"expired",
	"busy",
	"link-closed"
]);
/** Offers that another node may better; the node that made them is left out. */
var offerCodes = /* @__PURE__ */ new Set([
	"bad-offer",
	"wrong-model",
	"expired"
]);
/** A relay that is not there, or went away while it was asked. */
var awayCodes = /* @__PURE__ */ new Set(["offline", "link-closed"]);
/** Why a free answer may not begin; computers that ask nothing still may. */
var trialCodes = /* @__PURE__ */ new Set([
	"trial-over",
	"busy",
	"refused"
]);
/** What no other relay makes better, or must not be tried to. */
var finalCodes = /* @__PURE__ */ new Set([
	"cancelled",
	"too-long",
	"too-large",
	"tampered",
	"bad-receipt"
]);
/** Asks. Throws NetworkError with the reason that a person can act on; what was yielded before stays true. */
async function* ask(options) {
	yield* new Asking(options).run();
}
/** One question on its way. */
var Asking = class {
	#options;
	#whole;
	#without = /* @__PURE__ */ new Set();
	#freeAt = /* @__PURE__ */ new Set();
	#left = /* @__PURE__ */ new Map();
	#said = nothing;
	#failure;
	/** Found already, for the next attempt. */
	#next;
	#relayLost = false;
	/** A relay was lost, and nobody was bound since. */
	#isUnsettled = false;
	#sent;
	#redirects = 0;
	#moves = 0;
	#resumes = 0;
	constructor(options) {
		this.#options = options;
		this.#whole = makeJob(options.job);
	}
	async *run() {
		for (;;) {
			const route = await this.#route();
			if (route.nodes.length === 0) throw this.#failure ?? new NetworkError(route.lacking ?? "no-node");
			let node;
			try {
				const job = continued(this.#whole, this.#said) ?? this.#whole;
				for await (const event of attempt({
					...this.#options,
					job,
					link: route.link,
					nodes: route.nodes,
					direct: route.name !== "relayed",
					payer: route.payer,
					handle: route.handle,
					meetings: isOwn(route) ? this.#options.meetings : void 0
				})) {
					if (event.type === "bound") {
						node = event.node;
						this.#isUnsettled = false;
					}
					this.#hear(event);
					yield event.type === "bound" ? {
						...event,
						route: route.name,
						...route.relay ? { relay: route.relay } : {},
						...route.payer ? { payment: route.payer.kind } : {}
					} : event;
					if (event.type === "waiting" && await this.#leavesLine(route, event.etaMs)) break;
				}
				if (!this.#next) return;
			} catch (error) {
				const resuming = await this.#goOn(error, {
					route,
					node
				});
				if (resuming) yield resuming;
			}
		}
	}
	/** Whether another relay is the better one now that this one told of a wait. */
	async #leavesLine(route, etaMs) {
		if (!this.#options.hasOthers?.() || route.name !== "relayed" || route.handle !== void 0 || etaMs < longWaitMs || this.#moves >= maxMoves) return false;
		const better = await elsewhere(this.#options, {
			without: this.#without,
			freeAt: this.#freeAt,
			left: this.#left
		});
		if (!better || better.relay === route.relay) return false;
		this.#moves += 1;
		this.#next = better;
		return true;
	}
	#hear(event) {
		const said = this.#said;
		if (event.type === "text") this.#said = {
			...said,
			text: said.text + event.text,
			tokens: said.tokens + event.tokens
		};
		if (event.type === "item") this.#said = {
			...said,
			items: said.items + 1,
			tokens: said.tokens + event.tokens
		};
	}
	async #route() {
		const found = this.#next;
		this.#next = void 0;
		if (found) return found;
		const demands = {
			without: this.#without,
			freeAt: this.#freeAt,
			left: this.#left
		};
		const sent = this.#sent;
		this.#sent = void 0;
		if (this.#relayLost) return routeAgain(this.#options, {
			...demands,
			left: /* @__PURE__ */ new Map()
		});
		const route = this.#left.size > 0 && await elsewhere(this.#options, {
			...demands,
			sent
		}) || await routeNow(this.#options, {
			...demands,
			sent,
			left: /* @__PURE__ */ new Map()
		});
		if (sent && route.handle === void 0) this.#without.add(sent.node);
		return route;
	}
	/** Makes ready for another attempt; gives what the reader is told of it. @throws NetworkError when there is none */
	async #goOn(error, { route, node }) {
		const { signal } = this.#options;
		if (signal.aborted) throw signal.reason instanceof NetworkError ? signal.reason : new NetworkError("cancelled");
		const at = route.relay ?? "";
		if (error instanceof Redirected && this.#redirects < maxRedirects) {
			this.#sent = {
				...error.to,
				by: at
			};
			this.#redirects += 1;
			this.#relayLost = false;
			return;
		}
		const failed = error instanceof NetworkError ? error : new NetworkError(codeOf(error), void 0, { cause: error });
		if (node === void 0 && !this.#freeAt.has(at) && route.payer?.kind === "trial" && trialCodes.has(failed.code)) {
			this.#failure ??= failed;
			this.#freeAt.add(at);
			return;
		}
		this.#failure = failed;
		const blamed = error instanceof OfferRefused && offerCodes.has(error.code) ? error.node : node;
		this.#next = isRelays(route, {
			blamed,
			code: failed.code
		}) ? await this.#leave(at, failed.code) : void 0;
		this.#isUnsettled = failed.code === "link-closed" || this.#isUnsettled && failed.code === "no-node";
		this.#relayLost = !this.#next && this.#isUnsettled && route.name === "relayed";
		if (!this.#next && !this.#mayRetry(blamed)) throw failed;
		if (!(this.#next && node === void 0)) this.#countResume();
		return blamed === void 0 ? void 0 : this.#resuming(blamed);
	}
	async #leave(relay, code) {
		this.#left.set(relay, code);
		return elsewhere(this.#options, {
			without: this.#without,
			freeAt: this.#freeAt,
			left: this.#left
		});
	}
	#mayRetry(blamed) {
		const code = this.#failure?.code ?? "internal";
		return this.#relayLost || blamed !== void 0 && (lossCodes.has(code) || offerCodes.has(code));
	}
	#countResume() {
		if (this.#resumes >= limits.maxResumes) throw this.#failure ?? new NetworkError("internal");
		this.#resumes += 1;
	}
	#resuming(lost) {
		const kept = continued(this.#whole, this.#said) !== void 0;
		if (!kept) this.#said = nothing;
		const failure = this.#failure ?? new NetworkError("internal");
		if (this.#said.tokens >= this.#whole.maxTokens) throw failure;
		if (!this.#relayLost && !this.#next) this.#without.add(lost);
		return {
			type: "resuming",
			lost,
			code: failure.code,
			kept
		};
	}
};
/** Whether both sides signal at our relay: only there can they meet. */
var isOwn = ({ relay = "" }) => relay === "";
/** Whether it is the relay that failed, not the computer behind it: then another relay may do. */
var isRelays = ({ link, name }, { blamed, code }) => name === "relayed" && !finalCodes.has(code) && (!link.isOpen || blamed === void 0);
/** The way through a relay that this question has not left; undefined where none has a computer for it. */
async function elsewhere(options, demands) {
	const route = await options.route(demands).catch(() => void 0);
	return route && route.nodes.length > 0 && !demands.left.has(route.relay ?? "") ? route : void 0;
}
/** The way now; where the link ends in this moment, as soon as it is there again. */
async function routeNow(options, demands) {
	try {
		return await options.route(demands);
	} catch (error) {
		if (codeOf(error) !== "link-closed") throw error;
		return routeAgain(options, demands);
	}
}
/** The way once the relay is there again, with a computer that may answer: it may be starting anew, and they come back one by one. */
async function routeAgain(options, demands) {
	const { clock, signal } = options;
	const until = clock.now() + limits.relayReturnMs;
	for (let tries = 0;; tries += 1) {
		await clock.sleep(retryDelay(Math.min(tries, mostPatience), options.random()), signal);
		const isLast = clock.now() >= until;
		try {
			const route = await options.route(demands);
			if (route.nodes.length > 0 || isLast) return route;
		} catch (error) {
			if (isLast || !awayCodes.has(codeOf(error))) throw error;
		}
	}
}
var nothing = {
	text: "",
	items: 0,
	tokens: 0
};
/** The job that goes on where an answer broke off, with the tokens that are left; undefined where it can only be done anew. */
function continued(job, said) {
	if (hasItems(job.task)) {
		const rest = restOf(job, said.items);
		return rest && {
			...rest,
			maxTokens: job.maxTokens - said.tokens
		};
	}
	if (said.text === "" || !("messages" in job)) return job;
	const last = job.messages.at(-1);
	const open = last?.role === "assistant" ? last : {
		role: "assistant",
		content: "",
		images: []
	};
	const before = last?.role === "assistant" ? job.messages.slice(0, -1) : job.messages;
	return {
		...job,
		messages: [...before, {
			...open,
			content: open.content + said.text
		}],
		maxTokens: job.maxTokens - said.tokens
	};
}
struct({
	node: id$1(32),
	peer: text(64),
	time: u32$1
});
var introduction = {
	label: "bombyx/introduce/v1",
	fields: struct({
		node: id$1(32),
		nonce: bytes(32)
	})
};
/** The device's answer to a node's challenge on a direct link. */
async function makeIntroduction(identity, expected) {
	return {
		device: identity.id,
		signature: await identity.sign(writeStatement(introduction, expected))
	};
}
// protocol/node-record.ts
var measured = struct({
	/** So many jobs at once. */
	jobs: u8,
	/** Tokens per second that all of them together are read at, and written at (in tenths); 0 where it is unknown. */
	prefill: u16,
	decode: u16
});
var offered = struct({
	model: id$1(32),
	/** Name for people; the hash is what counts. */
	name: text(96),
	/** Empty when the node has not measured. */
	speeds: list(measured, 4),
	/** Longest conversation with its answer, tokens. */
	contextTokens: u32$1,
	prices: pricesField
});
var kind$1 = {
	label: "bombyx/node/v1",
	fields: struct({
		node: id$1(32),
		/** s since 1970 */
		issued: u32$1,
		expires: u32$1,
		/** Engine and adapter, for people. */
		engine: text(128),
		slots: u8,
		/** 1 while its page is hidden: browsers give those less. */
		hidden: u8,
		models: list(offered, limits.maxModels)
	})
};
/** The record in `signed`, when its own key signed it and it stands at `now` (ms). @throws NetworkError `bad-node` */
async function checkRecord(signed, now) {
	const statement = signed.subarray(0, Math.max(0, signed.length - 64));
	const record = readRecord$1(statement);
	requireStanding$1(record, now);
	await requireSignature(record.node, {
		message: statement,
		signature: signed.subarray(-64),
		code: "bad-node"
	});
	return record;
}
/** @throws NetworkError `bad-node` when a record does not stand at `now` (ms), or offers nothing */
function requireStanding$1({ issued, expires, models, slots }, now) {
	const seconds = now / 1e3;
	if (issued > seconds + limits.clockSkewSeconds) throw new NetworkError("bad-node", "from the future");
	if (expires <= seconds || expires > issued + limits.recordSeconds) throw new NetworkError("bad-node", "expired, or standing too long");
	if (models.length === 0 || slots === 0) throw new NetworkError("bad-node", "offers nothing");
}
function readRecord$1(statement) {
	try {
		return readStatement(kind$1, statement);
	} catch (error) {
		throw new NetworkError("bad-node", "not a node record", { cause: error });
	}
}
struct({ nonce: bytes(32) });
// protocol/roles/known-records.ts
/** Checks the records of a directory, and remembers those that were in the last one: a question later most are the same bytes. */
var KnownRecords = class {
	/** By all of their bytes, the signature with them; as many as the last directory had. */
	#known = /* @__PURE__ */ new Map();
	/** Those of `signed` that stand at `now` (ms) and whose own key signed them; others are left out. */
	async check(signed, now) {
		const checked = (await Promise.allSettled(signed.map(async (bytes) => {
			const key = toHex(bytes);
			return [key, await this.#record(bytes, {
				key,
				now
			})];
		}))).flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
		this.#known = new Map(checked);
		return checked.map(([, record]) => record);
	}
	async #record(bytes, { key, now }) {
		const known = this.#known.get(key);
		if (!known) return checkRecord(bytes, now);
		requireStanding$1(known, now);
		return known;
	}
};
// protocol/roles/silence.ts
/** A relay pings each link every five seconds. One that says nothing for three pings is gone, though nobody closed the link: a network that drops packets closes none. */
/** Calls `onSilent` once, when nothing was heard for a lease. */
var Silence = class {
	#clock;
	#stop = new AbortController();
	#heardAt;
	constructor(clock, onSilent) {
		this.#clock = clock;
		this.#heardAt = clock.now();
		this.#watch(onSilent);
	}
	/** Something came. */
	heard() {
		this.#heardAt = this.#clock.now();
	}
	stop() {
		this.#stop.abort();
	}
	async #watch(onSilent) {
		const { signal } = this.#stop;
		while (!signal.aborted) {
			const left = this.#heardAt + limits.leaseMs - this.#clock.now();
			if (left <= 0) return onSilent();
			await this.#clock.sleep(left, signal).catch(() => {});
		}
	}
};
// protocol/roles/client-link.ts
/** A client's end of one link, to a relay or straight to a paired node: opens it, and sorts what comes by job. */
/** Messages of one job that wait for their reader; more means that nobody reads. */
var maxWaiting = 1024;
/** An open link. */
var ClientLink = class ClientLink {
	transport;
	/** Hears what the relay has charged in all, nano-coins. */
	onCharged;
	/** Hears how many free answers are left after one was given. */
	onTrialed;
	#terms;
	#isWelcome = false;
	#work;
	#clock;
	#jobs = /* @__PURE__ */ new Map();
	/** Answers that are whole here while their node goes on sending padding. */
	#tails = /* @__PURE__ */ new Map();
	#link = new Queue();
	#ended;
	#records = new KnownRecords();
	#directory;
	#closed;
	#retired = false;
	constructor({ transport, clock, direct }) {
		this.transport = transport;
		this.#clock = clock;
		this.#ended = this.#read(direct ? void 0 : new Silence(clock, () => transport.close()));
	}
	/** Opens a link over `transport`. Rejects with `offline` when nobody answers, or with the other side's code. */
	static async open(options) {
		const link = new ClientLink(options);
		try {
			if (!options.direct) options.transport.send(encodeMessage("hello", {
				role: "client",
				agent: "bombyx/1",
				version: 2
			}));
			else await link.#introduce(options.direct);
			const { terms, work } = await link.#expect("welcome");
			link.#terms = terms;
			link.#work = work && new FreeWork(work, {
				clock: options.clock,
				breathe: options.breathe ?? (() => options.clock.sleep(0))
			});
			link.#isWelcome = true;
			return link;
		} catch (error) {
			options.transport.close();
			throw error;
		}
	}
	/** Resolves with the reason when the link has ended. */
	get ended() {
		return this.#ended;
	}
	/** What the relay says about money; undefined when all is free. */
	get terms() {
		return this.#terms;
	}
	/** Proves work for free answers; undefined where the relay asks for none. */
	get work() {
		return this.#work;
	}
	get isOpen() {
		return this.#closed === void 0;
	}
	/** The nodes that are here now, each with a valid signature; others are left out. */
	directory() {
		this.#directory ??= this.#fetchDirectory().finally(() => {
			this.#directory = void 0;
		});
		return this.#directory;
	}
	/** A channel for one job, under a fresh handle unless it has one already. */
	job(handle = freshHandle()) {
		if (this.#closed) throw this.#closed;
		const queue = new Queue();
		this.#jobs.set(handle, queue);
		return {
			handle,
			send: (kind, body) => this.transport.send(encodeMessage(kind, body, handle)),
			next: async () => {
				const message = await queue.next();
				if (!message) throw new NetworkError("link-closed");
				return message;
			},
			close: () => this.#over(handle),
			leaveTail: (node, isRead = false) => {
				if (!isRead) this.#over(handle);
				this.#tails.set(handle, node);
			}
		};
	}
	/** Frees a node that still pads an earlier answer to us; for when no other may take the next job, which shows as much. */
	cutTails(node) {
		for (const [handle, at] of this.#tails) {
			if (at !== node) continue;
			this.#tails.delete(handle);
			this.transport.send(encodeMessage("cancel", {}, handle));
			this.#jobs.get(handle)?.fail(new NetworkError("cancelled", "its padding was cut"));
		}
	}
	close() {
		this.transport.close();
	}
	/** Closes once its last job is over. */
	retire() {
		this.#retired = true;
		if (this.#jobs.size === 0) this.close();
	}
	#over(handle) {
		this.#jobs.delete(handle);
		if (this.#retired && this.#jobs.size === 0) this.close();
	}
	async #introduce({ identity, node }) {
		const { nonce } = await this.#expect("challenge");
		this.transport.send(encodeMessage("introduce", await makeIntroduction(identity, {
			node,
			nonce
		})));
	}
	/** The next message of the link itself, which must be of this kind. */
	async #expect(kind) {
		const message = await within(this.#link.next(), {
			clock: this.#clock,
			ms: limits.stepMs,
			code: "offline"
		});
		if (!message) throw new NetworkError("offline", "the link closed");
		if (message.kind !== kind) throw new NetworkError("bad-message", `${message.kind} instead of ${kind}`);
		return message;
	}
	async #fetchDirectory() {
		this.transport.send(encodeMessage("list", {}));
		const { records } = await this.#expect("directory");
		return this.#records.check(records, this.#clock.now());
	}
	async #read(silence) {
		let code = "link-closed";
		try {
			for await (const frame of this.transport.frames) {
				silence?.heard();
				this.#sort(decodeMessage(frame));
			}
		} catch (error) {
			code = error instanceof NetworkError ? error.code : "internal";
		}
		silence?.stop();
		this.#closed = new NetworkError(code, "the link ended");
		for (const queue of [this.#link, ...this.#jobs.values()]) queue.fail(this.#closed);
		this.#jobs.clear();
		this.#tails.clear();
		this.transport.close();
		return code;
	}
	#sort(message) {
		if (message.kind === "ping") this.transport.send(encodeMessage("pong", { nonce: message.nonce }));
		else if (message.handle !== linkHandle) this.#deliver(message);
		else if (message.kind === "failed") throw new NetworkError(this.#isWelcome ? message.code : refusedAtHello(message.code), "said the relay");
		else if (message.kind === "banned") throw new NetworkError("banned", `until ${message.until}, after ${message.code}`);
		else if (message.kind === "goodbye") throw new NetworkError("link-closed", "the relay is going away");
		else if (message.kind === "charged") this.onCharged?.(message.charged);
		else if (message.kind === "trialed") this.onTrialed?.(message.left);
		else if (message.kind !== "pong") this.#queue(this.#link, message);
	}
	#deliver(message) {
		const queue = this.#jobs.get(message.handle);
		if (queue) this.#queue(queue, message);
		if (message.kind === "released" || message.kind === "failed") this.#tails.delete(message.handle);
	}
	#queue(queue, message) {
		if (queue.length >= maxWaiting) throw new NetworkError("flood", "too many messages wait");
		queue.push(message);
	}
};
// protocol/relay-record.ts
var kind = {
	label: "bombyx/relay/v1",
	fields: struct({
		relay: id$1(32),
		/** s since 1970 */
		issued: u32$1,
		expires: u32$1,
		/** Of its operator, for people. */
		name: text(128),
		/** Where others reach it, such as `https://relay.example.org`; empty where nobody is told. */
		address: text(256),
		/** A mail address or the address of a page; empty where there is none. */
		contact: text(128),
		/** What it keeps of each payment, thousandths; 0 where all answers are free. */
		feePermille: u16,
		/** Per device; 0 where there are none. */
		freeAnswers: u16,
		/** Links that one address may have open. */
		linksPerAddress: u32$1,
		/** Questions that one link may have open. */
		jobsPerLink: u16,
		/** After so long a wait it says that all are busy, s. */
		waitSeconds: u16
	})
};
/** What a relay signs for whoever asks: a record alone can be copied. */
var presence = {
	label: "bombyx/relay-presence/v1",
	fields: struct({ nonce: bytes(32) })
};
/** The record, where its own key signed it and is on this link, and it stands now and for this address. @throws NetworkError `bad-relay` */
async function checkRelayRecord({ record: signed, proof }, { nonce, address, now }) {
	const statement = signed.subarray(0, Math.max(0, signed.length - 64));
	const record = readRecord(statement);
	requireStanding(record, now);
	if (address !== void 0 && record.address !== "" && record.address !== address) throw new NetworkError("bad-relay", "the record of a relay at another address");
	await requireSignature(record.relay, {
		message: statement,
		signature: signed.subarray(-64),
		code: "bad-relay"
	});
	await requireSignature(record.relay, {
		message: writeStatement(presence, { nonce }),
		signature: proof,
		code: "bad-relay"
	});
	return record;
}
/** What a screen would not show as it is: control characters, and those that turn the direction of a text. */
var unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
function requireStanding({ issued, expires, name, address, contact, feePermille }, now) {
	const seconds = now / 1e3;
	if (issued > seconds + limits.clockSkewSeconds) throw new NetworkError("bad-relay", "from the future");
	if (expires <= seconds || expires > issued + limits.recordSeconds) throw new NetworkError("bad-relay", "expired, or standing too long");
	if ([
		name,
		address,
		contact
	].some((said) => unseen.test(said))) throw new NetworkError("bad-relay", "a text that can not be shown");
	if (feePermille > 1e3) throw new NetworkError("bad-relay", "keeps more than all");
}
function readRecord(statement) {
	try {
		return readStatement(kind, statement);
	} catch (error) {
		throw new NetworkError("bad-relay", "not a relay record", { cause: error });
	}
}
// protocol/roles/meet-relay.ts
/** Asks the relay on a link who it is, and holds what it says against the address that we linked to. */
/** Its record, checked. Rejects with `bad-relay`, `stalled`, or with what ended the link. */
async function meetRelay(link, { clock, address }) {
	const nonce = randomBytes$3(32);
	const job = link.job();
	try {
		job.send("about", {
			nonce,
			shown: void 0
		});
		const answer = await within(job.next(), {
			clock,
			ms: limits.stepMs,
			code: "stalled"
		});
		if (answer.kind !== "about" || answer.shown === void 0) throw new NetworkError("bad-relay", `${answer.kind} instead of a record`);
		return await checkRelayRecord(answer.shown, {
			nonce,
			address,
			now: clock.now()
		});
	} finally {
		job.close();
	}
}
/** How long a relay may take to say who is there, where others can be asked. */
var lookMs$1 = 4e3;
/** How long one that answered waits for the others. */
var graceMs = 1e3;
var ClientRelays = class {
	#options;
	#links = /* @__PURE__ */ new Map();
	#health = /* @__PURE__ */ new Map();
	#retrying = /* @__PURE__ */ new Set();
	#late = /* @__PURE__ */ new Set();
	#isClosed = false;
	constructor(options) {
		this.#options = options;
	}
	/** All that are used: ours, then those that were chosen. */
	get all() {
		return ["", ...this.#options.chosen?.() ?? []];
	}
	/** The open link to a relay; opens it when there is none. Rejects with `offline`, `banned`, `bad-relay`, `relay-changed`, or `cancelled` after `close`. */
	link(relay = "") {
		if (this.#isClosed) return Promise.reject(new NetworkError("cancelled", "the client was closed"));
		const known = this.#links.get(relay);
		if (known) return known;
		const opening = this.#open(relay);
		this.#links.set(relay, opening);
		const end = (code) => {
			if (this.#links.get(relay) !== opening) return;
			this.#links.delete(relay);
			this.#failed(relay, code);
		};
		opening.then((link) => link.ended.then(end), (error) => end(codeOf(error)));
		return opening;
	}
	/**
	* Asks those that do well who is there, all at once; the others only when none of those answers.
	* @throws what one of them failed with, when none answers; `offline` when all are left out
	*/
	async look(without = /* @__PURE__ */ new Set()) {
		const all = this.all.filter((relay) => !without.has(relay));
		const well = all.filter((relay) => this.health(relay).failures === 0 && !this.#late.has(relay));
		const unwell = all.filter((relay) => !well.includes(relay));
		let failure = new NetworkError("offline", "no other relay");
		for (const asked of [well, unwell]) {
			const looks = asked.map((relay) => this.#lookAt(relay, this.all.length > 1));
			const seen = await this.#firstOf(asked, looks);
			if (seen.length > 0 && asked === well) this.#retry(unwell);
			if (seen.length > 0) return seen;
			const [first] = await Promise.allSettled(looks);
			if (first?.status === "rejected") failure = first.reason;
		}
		throw failure;
	}
	health(relay) {
		return this.#health.get(relay) ?? freshHealth;
	}
	/** A relay let a question wait. */
	noteWait(relay, waitMs) {
		this.#health.set(relay, afterWait(this.health(relay), {
			now: this.#options.clock.now(),
			waitMs
		}));
	}
	noteBusy(relay) {
		this.#health.set(relay, afterBusy(this.health(relay), this.#options.clock.now()));
	}
	/** Lets go of a relay that is used no more, or is to be met anew; an answer that comes through it still ends. */
	leave(relay) {
		this.#drop(relay);
		this.#health.delete(relay);
	}
	close() {
		this.#isClosed = true;
		for (const opening of this.#links.values()) opening.then((link) => link.close(), () => {});
		this.#links.clear();
	}
	async #open(relay) {
		const { connect, clock, chosen, onRecord, onNews, breathe } = this.#options;
		try {
			const link = await ClientLink.open({
				transport: await connect(...relay === "" ? [] : [relay]),
				clock,
				...breathe ? { breathe } : {}
			});
			if (chosen?.().includes(relay)) await this.#meet(relay, link);
			else if (relay === "" && onRecord) meetRelay(link, { clock }).then((record) => onRecord(relay, record)).catch(() => {});
			onNews?.(relay, { is: "open" });
			return link;
		} catch (error) {
			throw new NetworkError(codeOf(error) === "internal" ? "offline" : codeOf(error), "no link to the relay", { cause: error });
		}
	}
	/** Whoever runs another relay has to show it before anything is asked there. */
	async #meet(relay, link) {
		try {
			const record = await meetRelay(link, {
				clock: this.#options.clock,
				address: relay
			});
			this.#options.onRecord?.(relay, record);
		} catch (error) {
			link.close();
			throw error;
		}
	}
	/** Those that answer within a moment after the first one, in their order. */
	async #firstOf(asked, looks) {
		const seen = /* @__PURE__ */ new Map();
		const enough = new AbortController();
		const each = looks.map(async (looking) => {
			const look = await looking;
			seen.set(look.relay, look);
		});
		const late = Promise.any(each).then(() => this.#options.clock.sleep(graceMs, enough.signal));
		try {
			await Promise.race([Promise.allSettled(each), late.catch(() => Promise.allSettled(each))]);
		} finally {
			enough.abort();
		}
		for (const [at, relay] of asked.entries()) if (seen.size > 0 && !seen.has(relay)) this.#noteLate(relay, looks[at]);
		return asked.flatMap((relay) => seen.get(relay) ?? []);
	}
	/** Nobody waits for it again until this look has ended. */
	#noteLate(relay, look) {
		const end = () => this.#late.delete(relay);
		this.#late.add(relay);
		look?.then(end, end);
	}
	async #lookAt(relay, bound) {
		const opening = this.link(relay);
		const looking = opening.then(async (link) => ({
			link,
			records: await link.directory()
		}));
		try {
			const { link, records } = await (bound ? within(looking, {
				clock: this.#options.clock,
				ms: lookMs$1,
				code: "offline"
			}) : looking);
			this.#health.set(relay, afterSuccess(this.health(relay)));
			return {
				relay,
				link,
				records,
				health: this.health(relay)
			};
		} catch (error) {
			looking.catch(() => {});
			if (this.#links.get(relay) === opening) {
				this.#drop(relay);
				this.#failed(relay, codeOf(error));
			}
			throw error;
		}
	}
	#retry(relays) {
		const now = this.#options.clock.now();
		for (const relay of relays) {
			if (now < this.health(relay).restsUntil || this.#retrying.has(relay) || this.#late.has(relay)) continue;
			this.#retrying.add(relay);
			this.#lookAt(relay, true).catch(() => {}).finally(() => this.#retrying.delete(relay));
		}
	}
	/** The next question opens a fresh link; what runs on this one goes on. */
	#drop(relay) {
		const opening = this.#links.get(relay);
		this.#links.delete(relay);
		opening?.then((link) => link.retire(), () => {});
	}
	#failed(relay, code) {
		const now = this.#options.clock.now();
		const health = afterFailure(this.health(relay), {
			now,
			random: this.#options.random()
		});
		this.#health.set(relay, health);
		this.#options.onNews?.(relay, {
			is: "lost",
			code,
			since: health.lostAt ?? now
		});
	}
};
// protocol/ton-cell.ts
init_sha2();
/** The most that one cell holds. */
var maxBits = 1023;
/** Writes the bits of one cell, most significant first. */
var CellBits = class {
	#bits = "";
	/** An unsigned number in `width` bits. */
	uint(value, width) {
		const number = BigInt(value);
		if (number < 0n || number >= 1n << BigInt(width)) throw new RangeError(`${number} does not fit ${width} bits`);
		return this.#push(number.toString(2).padStart(width, "0"));
	}
	/** A signed number in two's complement. */
	int(value, width) {
		const half = 1n << BigInt(width - 1);
		if (BigInt(value) < -half || BigInt(value) >= half) throw new RangeError(`${value} does not fit ${width} bits`);
		return this.uint(BigInt.asUintN(width, BigInt(value)), width);
	}
	/** A sum: its length in bytes in four bits, then the bytes. */
	coins(nano) {
		const length = nano === 0n ? 0 : Math.ceil(nano.toString(16).length / 2);
		return length === 0 ? this.uint(0, 4) : this.uint(length, 4).uint(nano, length * 8);
	}
	/** A standard internal address. */
	address(address) {
		const { workchain, hash } = partsOf$1(address);
		this.uint(4, 3).int(workchain, 8);
		for (const byte of hash) this.uint(byte, 8);
		return this;
	}
	/** The hash of the cell: two descriptor bytes, then the bits, completed by a one and zeros where they end inside a byte. */
	hash() {
		const length = this.#bits.length;
		const padded = length % 8 === 0 ? this.#bits : `${this.#bits}1`.padEnd(Math.ceil(length / 8) * 8, "0");
		const data = Uint8Array.from({ length: padded.length / 8 }, (_, index) => Number.parseInt(padded.slice(index * 8, index * 8 + 8), 2));
		return own(sha256$2(concat$1(Uint8Array.of(0, Math.floor(length / 8) + Math.ceil(length / 8)), data)));
	}
	#push(bits) {
		this.#bits += bits;
		if (this.#bits.length > maxBits) throw new RangeError("more than one cell holds");
		return this;
	}
};
// protocol/voucher.ts
/** First 32 bits of each kind of signed cell. */
var tags = {
	channel: 1447249969,
	node: 1314276145,
	release: 1380273201
};
/** The 32 bytes that the payer signs. */
var channelVoucherHash = ({ network, channel, epoch, cumulative }) => new CellBits().uint(tags.channel, 32).int(network, 32).address(channel).uint(epoch, 64).coins(cumulative).hash();
/** What a payer signs to open its channel on one link; no voucher, and worth nothing on another link. */
var fundProof = {
	label: "bombyx/fund/v1",
	fields: struct({
		channel: addressField,
		epoch: u64,
		nonce: bytes(32)
	})
};
/** Signs a voucher of a channel. */
var signChannelVoucher = async (key, voucher) => ({
	cumulative: voucher.cumulative,
	signature: await key.sign(channelVoucherHash(voucher))
});
/** @throws NetworkError `bad-voucher` unless `key` (hex) signed this hash */
async function requireVoucher(key, { hash, signature }) {
	if (!await isSignedBy(key, {
		message: hash,
		signature
	})) throw new NetworkError("bad-voucher", "the signature does not verify");
}
// protocol/roles/purse.ts
/**
* A client's payments over one link. Money moves by one number only: the sum that the client has granted so far. It is raised as the answer comes, to what
* was seen and one chunk, so that a relay or a node that cheats gets no more than that chunk. What is left over pays for the next answer.
*/
/** Answers that were stopped on the way were charged a little more than was seen: that much is no cheating. */
var toleratedChunks = 3n;
var toleratedPart = 20n;
var most = (left, right) => left > right ? left : right;
var least = (left, right) => left < right ? left : right;
var Payments = class Payments {
	kind = "channel";
	#link;
	#purse;
	#network;
	#capacity;
	#running = /* @__PURE__ */ new Set();
	#state;
	#charged;
	/** Seen, but not yet in the purse. */
	#unsaved = 0n;
	constructor({ link, purse, network, state, funded }) {
		this.#link = link;
		this.#purse = purse;
		this.#network = network;
		this.#state = state;
		this.#charged = funded.charged;
		this.#capacity = funded.capacity;
		link.onCharged = (charged) => {
			this.#charged = most(this.#charged, charged);
		};
	}
	/** Opens the purse's channel on a link. Rejects with `unfunded` where the relay takes no money, `bad-voucher`, `chain-down`, `overcharged`. */
	static async open(link, { purse, clock }) {
		const { terms } = link;
		if (!terms) throw new NetworkError("unfunded", "this relay takes no money");
		const { channel, epoch, key } = purse;
		const ours = await purse.update((state) => state);
		const voucher = await signChannelVoucher(key, {
			network: terms.network,
			channel,
			epoch,
			cumulative: ours.granted
		});
		const job = link.job();
		try {
			const proof = await key.sign(writeStatement(fundProof, {
				channel,
				epoch,
				nonce: terms.nonce
			}));
			job.send("fund", {
				channel,
				epoch,
				payerKey: fromHex(key.id),
				proof,
				...voucher
			});
			const funded = await within(job.next(), {
				clock,
				ms: limits.stepMs,
				code: "stalled"
			});
			if (funded.kind === "failed") throw new NetworkError(funded.code, "said the relay");
			if (funded.kind !== "funded") throw new NetworkError("bad-message", `${funded.kind} instead of funded`);
			const state = await adopt(purse, {
				ours,
				funded,
				network: terms.network
			});
			return new Payments({
				link,
				purse,
				network: terms.network,
				state,
				funded
			});
		} finally {
			job.close();
		}
	}
	get pays() {
		return this.#capacity > this.#charged;
	}
	/** Nano-coins that can still be granted. */
	get left() {
		return this.#capacity - this.#base;
	}
	async start(offer, promptBytes) {
		const chunk = priceOf({
			prompt: 0,
			cached: 0,
			completion: offer.chunk,
			reasoning: 0
		}, offer.prices);
		const prompt = priceOf({
			prompt: Math.ceil(promptBytes / 3),
			cached: 0,
			completion: 0,
			reasoning: 0
		}, offer.prices);
		const excess = this.#charged - this.#seen;
		if (excess > toleratedChunks * chunk && excess > this.#seen / toleratedPart) throw new NetworkError("overcharged", "more was charged than came");
		if (this.left < least(chunk / 2n + prompt, offer.ceiling)) throw new NetworkError("unfunded", "the deposit is used up");
		const payment = new ChannelPayment({
			offer,
			ahead: chunk,
			prompt,
			saw: (cost) => this.#saw(cost),
			over: (over) => this.#over(over)
		});
		this.#running.add(payment);
		await this.#cover();
		return payment;
	}
	get #seen() {
		return this.#state.seen + this.#unsaved;
	}
	get #base() {
		return most(this.#seen, this.#charged);
	}
	async #over(payment) {
		this.#running.delete(payment);
		await this.#save(0n);
	}
	async #saw(cost) {
		this.#unsaved += cost;
		await this.#cover();
	}
	/** Grants more when less than three quarters of what should be ahead is left. */
	async #cover() {
		const ahead = [...this.#running].reduce((sum, payment) => sum + payment.ahead, 0n);
		if (this.#state.granted >= least(this.#base + ahead * 3n / 4n, this.#capacity)) return;
		const before = this.#state.granted;
		await this.#save(least(this.#base + ahead, this.#capacity));
		if (this.#state.granted <= before) return;
		const { channel, epoch, key } = this.#purse;
		const voucher = await signChannelVoucher(key, {
			network: this.#network,
			channel,
			epoch,
			cumulative: this.#state.granted
		});
		if (this.#link.isOpen) this.#link.transport.send(encodeMessage("grant", voucher));
	}
	/** Keeps what was seen, and a higher sum before it is granted. */
	async #save(wanted) {
		const saw = this.#unsaved;
		this.#unsaved = 0n;
		this.#state = {
			...this.#state,
			seen: this.#state.seen + saw
		};
		this.#state = await this.#purse.update(({ granted, seen }) => ({
			granted: most(granted, wanted),
			seen: seen + saw
		}));
	}
};
/** Takes what the relay has of us where our own store lost it: it must be ours. */
async function adopt(purse, { ours, funded, network }) {
	const { channel, epoch, key } = purse;
	if (funded.charged > funded.cumulative) throw new NetworkError("overcharged", "more was charged than granted");
	if (funded.cumulative <= ours.granted) return ours;
	await requireVoucher(key.id, {
		hash: channelVoucherHash({
			network,
			channel,
			epoch,
			cumulative: funded.cumulative
		}),
		signature: funded.signature
	});
	return purse.update((state) => ({
		granted: most(state.granted, funded.cumulative),
		seen: most(state.seen, funded.charged)
	}));
}
var ChannelPayment = class {
	#options;
	#cost = 0n;
	constructor(options) {
		this.#options = options;
	}
	get ahead() {
		return this.#options.ahead + (this.#cost === 0n ? this.#options.prompt : 0n);
	}
	async cover(counts) {
		const cost = priceOf(counts, this.#options.offer.prices);
		const grown = cost - this.#cost;
		this.#cost = cost;
		if (grown > 0n) await this.#options.saw(grown);
	}
	end() {
		return this.#options.over(this);
	}
};
// protocol/trial.ts
/** By the device's key, over the nonce of the relay's terms. */
var trialProof = {
	label: "bombyx/trial/v1",
	fields: struct({ nonce: bytes(32) })
};
// protocol/roles/trial.ts
/** Free answers on one link: the relay pays their nodes, up to so many for this device. */
/** Nobody here has anything to count: the relay does. */
var nothingToPay = {
	cover: async () => {},
	end: async () => {}
};
var Trial = class {
	kind = "trial";
	pays = false;
	#link;
	#options;
	#left = 0;
	constructor(link, options) {
		this.#link = link;
		this.#options = options;
		link.onTrialed = (left) => this.#told(left);
	}
	/** Whether one is left. Where we know of none the relay is asked: each day it gives anew to an address. Rejects with `refused`, `stalled`. */
	async isOpen() {
		if (this.#left === 0) await this.#ask();
		return this.#left > 0;
	}
	async start() {
		return nothingToPay;
	}
	async #ask() {
		const { device, clock } = this.#options;
		const { terms } = this.#link;
		if (!terms) throw new NetworkError("refused", "this relay has no terms");
		const job = this.#link.job();
		try {
			job.send("trial", {
				device: device.id,
				signature: await device.sign(writeStatement(trialProof, { nonce: terms.nonce }))
			});
			const trialed = await within(job.next(), {
				clock,
				ms: limits.stepMs,
				code: "stalled"
			});
			if (trialed.kind === "failed") throw new NetworkError(trialed.code, "said the relay");
			if (trialed.kind !== "trialed") throw new NetworkError("bad-message", `${trialed.kind} instead of trialed`);
			this.#told(trialed.left);
		} finally {
			job.close();
		}
	}
	#told(left) {
		this.#left = left;
		this.#options.onLeft(left);
	}
};
// protocol/roles/client.ts
/** A client: keeps links to its relays, knows who is there, and asks. */
var Client = class {
	#options;
	/** Tokens per second, as this client measured them; the only speed that it believes. */
	#speeds = /* @__PURE__ */ new Map();
	#paying = /* @__PURE__ */ new WeakMap();
	#trials = /* @__PURE__ */ new WeakMap();
	/** The vault that each relay named last, the first of them first: a channel pays at one relay alone. */
	#vaults = /* @__PURE__ */ new Map();
	#relays;
	constructor(options) {
		this.#options = options;
		this.#relays = new ClientRelays(options);
	}
	/** The open link to our relay, or to another one; opens it when there is none. @throws NetworkError `offline` */
	link(relay = "") {
		return this.#relays.link(relay);
	}
	/** Forgets a relay that is chosen no more, or is to be met anew. */
	leave(relay) {
		this.#relays.leave(relay);
	}
	/** The channel holds another sum than before: the next paid question opens it anew. */
	forgetPayments() {
		this.#paying = /* @__PURE__ */ new WeakMap();
	}
	/** Who is there now at any of the relays, each once; what could never be paid for at another relay is left out. */
	async directory() {
		const records = (await this.#look()).flatMap((look) => look.records);
		const liked = [...records.filter(isAllFree), ...records.filter((record) => !isAllFree(record))];
		return [...new Map(liked.toReversed().map((record) => [record.node, record])).values()];
	}
	async #look(without) {
		const looks = await this.#relays.look(without);
		for (const { relay, link } of looks) if (link.terms) this.#isItsVault(link.terms, relay);
		return Promise.all(looks.map((look) => this.#payable(look)));
	}
	/** A relay of another operator as this client can use it: where it has no channel and is given nothing, prices are for others. */
	async #payable(look) {
		const { relay, link, records } = look;
		if (relay === "" || await this.#canPay(link, relay)) return look;
		const free = records.map((record) => ({
			...record,
			models: record.models.filter(({ prices }) => isFree(prices))
		}));
		return {
			...look,
			records: free.filter(({ models }) => models.length > 0)
		};
	}
	async #canPay({ terms }, relay) {
		const { trialAt, purse } = this.#options;
		if (!terms) return false;
		return terms.trial > 0 && trialAt !== void 0 || this.#isItsVault(terms, relay) && await purse?.(terms, relay) !== void 0;
	}
	/** Asks; see `ask`. */
	async *ask(question) {
		const { clock, random, meetings } = this.#options;
		let bound;
		let relay;
		const route = async (demands) => {
			const found = await this.#route(question, {
				...demands,
				without: /* @__PURE__ */ new Set([...demands.without, ...question.without ?? []])
			});
			relay = found.relay;
			return found;
		};
		for await (const event of ask({
			...question,
			clock,
			random,
			meetings,
			route,
			hasOthers: () => this.#relays.all.length > 1
		})) {
			if (event.type === "waiting" && relay !== void 0) this.#relays.noteWait(relay, event.etaMs);
			if (event.type === "bound") bound = {
				node: event.node,
				at: clock.now(),
				tokens: 0
			};
			if (event.type === "text" && bound) bound.tokens += event.tokens;
			if (event.type === "done" && bound) this.#measure(bound.node, {
				tokens: bound.tokens,
				milliseconds: clock.now() - bound.at
			});
			yield event;
		}
	}
	/** Ends its links, and with them what is being asked. */
	close() {
		this.#relays.close();
	}
	async #route(question, demands) {
		const { direct } = question;
		const { without, left, sent } = demands;
		const held = sent && !left.has(sent.relay) && !without.has(sent.node) && await this.#sentTo(sent, {
			question,
			demands
		}).catch(() => {});
		if (held) return held;
		if (direct && direct.link.isOpen && !without.has(direct.node)) return {
			link: direct.link,
			nodes: [direct.node],
			name: "direct"
		};
		for (const [relay, code] of left) if (code === "busy") this.#relays.noteBusy(relay);
		const looks = await this.#look(new Set(left.keys()));
		const ranked = rankRelays(looks.map((look) => this.#standing(look, {
			question,
			demands
		})), this.#options.clock.now());
		let failure;
		let none;
		for (const { look } of ranked) try {
			const route = await this.#wayThrough(look, {
				question,
				demands
			});
			if (route.nodes.length > 0) return route;
			if (!none || route.lacking) none = route;
		} catch (error) {
			failure ??= error;
		}
		if (failure !== void 0) throw failure;
		const [first] = looks;
		if (!first) throw new NetworkError("offline", "no relay");
		return none ?? {
			link: first.link,
			relay: first.relay,
			nodes: [],
			name: "relayed"
		};
	}
	/** What a relay has for a question; whether it can be paid for there is seen when its turn comes. */
	#standing(look, { question, demands }) {
		const { model, prefer } = question;
		const { without } = demands;
		const paid = mayCost(look.relay, {
			question,
			demands
		});
		const offering = this.#allowed(look.records, {
			question,
			paid
		}).filter(({ node, models }) => !without.has(node) && models.some((offered) => offered.model === model));
		const prices = offering.flatMap(({ models }) => models.flatMap((offered) => offered.model === model ? [priceOf(aThousand, offered.prices)] : []));
		const price = prices.reduce((least, each) => each < least ? each : least, prices[0] ?? 0n);
		return {
			look,
			health: look.health,
			nodes: offering.length,
			hasPreferred: offering.some(({ node }) => node === prefer),
			price
		};
	}
	async #wayThrough({ relay, link, records }, { question, demands }) {
		const { without } = demands;
		const may = mayCost(relay, {
			question,
			demands
		});
		const payer = may ? await this.#payer(link, { relay }) : void 0;
		const nodes = this.#draw(records, {
			question,
			without,
			paid: payer !== void 0
		});
		const isUnpaid = nodes.length === 0 && may && !payer && this.#draw(records, {
			question,
			without,
			paid: true
		}).length > 0;
		return {
			link,
			relay,
			nodes,
			name: "relayed",
			...payer ? { payer } : {},
			...isUnpaid ? { lacking: this.#trials.has(link) ? "trial-over" : "unfunded" } : {}
		};
	}
	/** The way to another relay that holds a node for this job. Undefined where it is none that the one who sent us may name. */
	async #sentTo({ relay, node, handle, by }, asked) {
		if (!(by === "" && (await this.#options.relays?.())?.includes(relay)) && !this.#relays.all.includes(relay)) return void 0;
		const link = await this.link(relay);
		const isOneVault = link.terms !== void 0 && vaultOf(link.terms) === this.#vaults.get(by);
		const payer = mayCost(relay, asked) ? await this.#payer(link, {
			relay,
			isOneVault
		}) : void 0;
		return {
			link,
			relay,
			nodes: [node],
			handle,
			name: "relayed",
			...payer ? { payer } : {}
		};
	}
	/** What pays for the next answer on this link: the purse, or else the relay while it gives free answers. */
	async #payer(link, { relay, isOneVault = false }) {
		const payments = await this.#payments(link, {
			relay,
			isOneVault
		});
		if (payments) return payments;
		const trial = await this.#trial(link, relay);
		return await trial?.isOpen() ? trial : void 0;
	}
	/** Free answers on this link, where its relay gives any. */
	async #trial(link, relay) {
		const { clock, onTrial, trial: own, trialAt } = this.#options;
		if (!link.terms || link.terms.trial === 0) return void 0;
		const device = relay === "" ? own : await trialAt?.(relay);
		const known = this.#trials.get(link);
		if (known || !device) return known;
		const trial = new Trial(link, {
			device,
			clock,
			onLeft: (left) => relay === "" && onTrial?.(left)
		});
		this.#trials.set(link, trial);
		return trial;
	}
	/** What answers on this link are paid with; opened once per link. Rejects as `Payments.open` does. */
	async #payments(link, { relay, isOneVault }) {
		const { clock, purse } = this.#options;
		if (!link.terms || !(isOneVault || this.#isItsVault(link.terms, relay))) return void 0;
		const known = this.#paying.get(link);
		if (known) return known;
		const opened = await purse?.(link.terms, relay);
		if (!opened) return void 0;
		const opening = Payments.open(link, {
			purse: opened,
			clock
		});
		this.#paying.set(link, opening);
		opening.catch(() => this.#paying.delete(link));
		return opening;
	}
	/** Whether a relay was the first to name this vault, or is ours: another one that does would be granted what the first was granted already. */
	#isItsVault(terms, relay) {
		const key = vaultOf(terms);
		if (this.#vaults.get(relay) !== key) {
			this.#vaults.delete(relay);
			this.#vaults.set(relay, key);
		}
		const named = [...this.#vaults].flatMap(([each, its]) => its === key ? [each] : []);
		return (named.includes("") ? "" : named[0]) === relay;
	}
	/** Those that this question may go to, paid or free. */
	#allowed(records, { question: { model, only }, paid }) {
		return records.filter((record) => (!only || only.has(record.node)) && (paid || isFreeFor(record, model)));
	}
	#draw(records, { question, without, paid }) {
		const { model, prefer } = question;
		const allowed = this.#allowed(records, {
			question,
			paid
		});
		if (prefer && !without.has(prefer) && allowed.some((record) => record.node === prefer && offers(record, model))) return [prefer];
		return drawSet(allowed, {
			model,
			without,
			random: this.#options.random,
			weight: (record) => this.#weight(record.node) * (record.hidden ? hiddenWeight : 1)
		});
	}
	/** 1 for a node that this client never used; up to 4 times likelier when it was fast, down to a quarter when slow. */
	#weight(node) {
		const speed = this.#speeds.get(node);
		if (speed === void 0) return 1;
		const all = [...this.#speeds.values()].toSorted((left, right) => left - right);
		const median = all[Math.floor(all.length / 2)] ?? speed;
		return Math.min(4, Math.max(.25, speed / Math.max(median, .001)));
	}
	#measure(node, { tokens, milliseconds }) {
		if (tokens < 8 || milliseconds <= 0) return;
		const speed = tokens * 1e3 / milliseconds;
		const before = this.#speeds.get(node);
		this.#speeds.set(node, before === void 0 ? speed : before * .7 + speed * .3);
	}
};
/** A hidden page may be slowed at any moment; whoever claims to be shown gains nothing over those that are. */
var hiddenWeight = .5;
var vaultOf = ({ network, vault }) => `${network} ${vault}`;
/** What prices are compared by. */
var aThousand = {
	prompt: 1e3,
	cached: 0,
	completion: 1e3,
	reasoning: 0
};
var mayCost = (relay, { question, demands }) => question.priceCap > 0n && !demands.freeAt.has(relay);
/** Whether a node asks nothing for a model; what it does not offer costs nothing either. */
var isFreeFor = (record, model) => record.models.every((offered) => offered.model !== model || isFree(offered.prices));
var isAllFree = (record) => record.models.every(({ prices }) => isFree(prices));
var offers = (record, model) => record.models.some((offered) => offered.model === model);
// sdk/socket.ts
/** The host's WebSocket as a link: the same in a page, a worker and Node.js. */
var highBytes = 262144;
/** It has no event for a drained socket: look again so often. */
var lookMs = 20;
/** Where a relay takes links, by its address. */
var linkOf = (relay) => new URL("/link", relay.replace(/^http/, "ws")).href;
/** Opens a link. Rejects with `offline`. */
function openSocket(url) {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url);
		socket.binaryType = "arraybuffer";
		const frames = new Queue();
		socket.addEventListener("message", ({ data }) => {
			if (data instanceof ArrayBuffer) frames.push(new Uint8Array(data));
			else socket.close(1003);
		});
		socket.addEventListener("close", () => {
			frames.end();
			reject(new NetworkError("offline", "the socket did not open"));
		});
		socket.addEventListener("open", () => resolve(transportOf(socket, frames)));
	});
}
function transportOf(socket, frames) {
	return {
		kind: "websocket",
		frames,
		send: (frame) => {
			if (socket.readyState === socket.OPEN) socket.send(frame);
		},
		get buffered() {
			return socket.bufferedAmount;
		},
		ready: async () => {
			while (socket.readyState === socket.OPEN && socket.bufferedAmount > highBytes) await new Promise((resolve) => setTimeout(resolve, lookMs));
		},
		close: () => socket.close()
	};
}
// sdk/relay-network.ts
/** A client of one relay for the OpenAI face: its links, its catalogue, and who pays. */
/** How long a catalogue is believed: an operator adds a model now and then. */
var catalogueMs = 6e4;
/** A file of the relay's is small; who serves an endless one is none. */
var fetchMs = 1e4;
var about = /* @__PURE__ */ object({ cluster: /* @__PURE__ */ optional$1(/* @__PURE__ */ array(/* @__PURE__ */ string()), []) });
function openRelayNetwork({ relay, clock, trial, purse, mine = () => /* @__PURE__ */ new Set() }) {
	const client = new Client({
		clock,
		connect: (at = relay) => openSocket(linkOf(at)),
		relays: () => siblings(relay),
		random: secureRandom,
		trial,
		...purse ? { purse } : {}
	});
	let known;
	const catalogue = () => {
		if (known && clock.now() - known.at < catalogueMs) return known.entries;
		const before = known?.entries;
		const entries = fileOf(relay, "/models.json").then(parseCatalogue).catch((error) => before ?? Promise.reject(error));
		known = {
			at: clock.now(),
			entries
		};
		entries.catch(() => known = void 0);
		return entries;
	};
	return {
		ask: (question) => client.ask(question),
		directory: () => client.directory(),
		catalogue,
		mine,
		forgetPayments: () => client.forgetPayments(),
		close: () => client.close()
	};
}
/** Relays of the same operator that a job may be sent on to. */
var siblings = async (relay) => parse(about, await fileOf(relay, "/api/relay")).cluster;
async function fileOf(relay, path) {
	try {
		const response = await fetch(new URL(path, relay), {
			signal: AbortSignal.timeout(fetchMs),
			redirect: "error",
			credentials: "omit"
		});
		if (!response.ok) throw new Error(`status ${response.status}`);
		return await response.json();
	} catch (cause) {
		throw new NetworkError("offline", `the relay's ${path}`, { cause });
	}
}
function secureRandom() {
	return (crypto.getRandomValues(/* @__PURE__ */ new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}
// protocol/roles/clock.ts
/** A clock whose sleeps end early, with the signal's reason, when the signal aborts. */
var clockOf = ({ now, start, stop }) => ({
	now,
	sleep: (ms, signal) => new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const abort = () => {
			stop(timer);
			reject(signal?.reason);
		};
		const timer = start(() => {
			signal?.removeEventListener("abort", abort);
			resolve();
		}, ms);
		signal?.addEventListener("abort", abort, { once: true });
	})
});
// relay/clock.ts
/** The real clock of a Node.js process. */
var systemClock = clockOf({
	now: () => Date.now(),
	start: (wake, ms) => setTimeout(wake, ms),
	stop: (timer) => clearTimeout(timer)
});
Buffer.from("302e020100300506032b657004220420", "hex");
var others = 63;
function parseSeed(hex, path) {
	if (!/^[\da-f]{64}$/i.test(hex)) throw new Error(`${path} holds no key: it must be 64 hex digits. Nothing was changed; put the key back from its copy.`);
	return Buffer.from(hex, "hex");
}
/** @throws Error that names the file when it holds no key, or others may read it */
function readOrMakeSeed(path) {
	const made = randomBytes(32);
	const draft = `${path}.${randomBytes(8).toString("hex")}`;
	mkdirSync(dirname(path), {
		recursive: true,
		mode: 448
	});
	try {
		writeFileSync(draft, `${made.toString("hex")}\n`, {
			mode: 384,
			flag: "wx",
			flush: true
		});
		linkSync(draft, path);
		return made;
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
	} finally {
		rmSync(draft, { force: true });
	}
	requireOwnerOnly(path);
	return readSeed(path);
}
/** @throws Error that names the file when others than its owner may read or write it */
function requireOwnerOnly(path) {
	if (process.platform !== "win32" && (statSync(path).mode & others) !== 0) throw new Error(`${path} can be read by others. Nothing was started; run: chmod 600 ${path}`);
}
/** A key from a file of the operator's, whose rights are the operator's care (secrets of containers are often readable by all in there). */
var readSeed = (path) => parseSeed(readSecret(path), path);
/** The text of a file that the operator named. @throws Error that names it when it can not be read */
function readSecret(path) {
	try {
		return readFileSync(path, "utf8").trim();
	} catch (cause) {
		throw new Error(`${path} can not be read. Nothing was started; check the path and who may read it.`, { cause });
	}
}
// relay/gateway/bearer-key.ts
/** The key that callers of the gateway show: random, in a file for its owner alone, made at the first start. */
/** Some tools take only keys that begin so. */
var prefix = "sk-bombyx-";
var digest = (text) => createHash("sha256").update(text).digest();
/** The key as callers send it. @throws Error that names the file when it holds no key, or others may read it */
var openBearerKey = (path) => prefix + readOrMakeSeed(path).toString("hex");
/** Whether an `Authorization` header shows the key; takes as long for a wrong one as for the right one. */
function bearerCheck(key) {
	const wanted = digest(key);
	return (authorization) => {
		const [, given = ""] = /^Bearer ([^\s]{1,512})$/i.exec(authorization ?? "") ?? [];
		return timingSafeEqual(digest(given), wanted);
	};
}
// relay/admission.ts
/** Whether a request is for one of our names. */
var isToUs = ({ headers: { host } }, allowedHosts) => host !== void 0 && allowedHosts.includes(nameOf(host));
/** A host header without its port. */
var nameOf = (host) => host.toLowerCase().replace(/:\d+$/, "");
// relay/gateway/door.ts
/** What a page's browser is told before it asks. */
var preflight = {
	"access-control-allow-methods": "GET, POST",
	"access-control-allow-headers": "authorization, content-type, x-bombyx-level",
	"access-control-max-age": "600"
};
/** Headers of an answer that a page may read. */
var readable = "x-request-id, x-bombyx-level, x-bombyx-node, x-bombyx-route, x-bombyx-who-could-see, x-bombyx-receipt, x-bombyx-price, retry-after";
/** Headers for a page that may ask; none where no page asks. */
var corsHeaders = ({ headers: { origin }, method }, { origins }) => origin === void 0 || !origins.includes(origin) ? {} : {
	"access-control-allow-origin": origin,
	"access-control-expose-headers": readable,
	"vary": "origin",
	...method === "OPTIONS" ? preflight : {}
};
/** @throws Refusal 401, 403 */
function requireEntrance(request, { allowedHosts, origins, hasKey }) {
	const { origin } = request.headers;
	if (!isToUs(request, allowedHosts)) throw forbidden("The gateway does not answer under this name. Set BOMBYX_GATEWAY_ALLOWED_HOSTS to use another one.", "wrong_host");
	if (origin !== void 0 && !origins.includes(origin)) throw forbidden("Pages of this origin may not ask the gateway. Add it to BOMBYX_GATEWAY_ORIGINS if it is one of yours.", "wrong_origin");
	if (request.method === "OPTIONS" && origin !== void 0) return;
	if (!hasKey(request.headers.authorization)) throw new Refusal({
		status: 401,
		message: "The key is missing or wrong. Send it as \"Authorization: Bearer ...\"; `npm run gateway -- key` shows it.",
		code: "invalid_api_key"
	});
}
var forbidden = (message, code) => new Refusal({
	status: 403,
	message,
	type: "permission_error",
	code
});
// relay/gateway/request-body.ts
/** A job holds 256 KiB; in JSON with base64 it is longer, but never so long. */
var maxJson = 4194304;
/** A sound file, as OpenAI takes it. */
var maxForm = 27262976;
/** @throws Refusal 413, 400 when it ends before its end */
async function bodyOf(request) {
	if (request.method === "GET" || request.method === "HEAD") return void 0;
	const most = String(request.headers["content-type"] ?? "").startsWith("multipart/form-data") ? maxForm : maxJson;
	if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge(most);
	const pieces = [];
	let length = 0;
	try {
		for await (const piece of request) {
			length += piece.length;
			if (length > most) throw tooLarge(most);
			pieces.push(piece);
		}
	} catch (error) {
		throw error instanceof Refusal ? error : new Refusal({
			status: 400,
			message: "The body broke off before its end.",
			code: "incomplete_body"
		}, { cause: error });
	}
	return new Uint8Array(Buffer.concat(pieces));
}
var tooLarge = (most) => new Refusal({
	status: 413,
	message: `The body is larger than ${most} bytes. Nothing was sent.`,
	code: "request_too_large"
});
// relay/gateway/server.ts
/** The gateway's HTTP server: lets in whoever may, hands requests to the face, and passes answers on as fast as they are read. */
/** What is asked at once; a client of the network may have so many jobs open. */
var mostRequests = 16;
var mostConnections = 128;
function gatewayServer(options) {
	let running = 0;
	const server = createServer({
		headersTimeout: 1e4,
		requestTimeout: 12e4,
		keepAliveTimeout: 3e4,
		maxHeaderSize: 16384
	}, (request, response) => {
		running += 1;
		const started = performance.now();
		response.once("close", () => {
			running -= 1;
			options.log("info", "answered", {
				method: request.method ?? "",
				route: routeName(request),
				status: response.writableFinished ? response.statusCode : 499,
				ms: Math.round(performance.now() - started)
			});
		});
		exchange(options, {
			request,
			response,
			isBusy: running > mostRequests
		});
	});
	server.maxConnections = mostConnections;
	server.on("clientError", (_, socket) => {
		if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
		else socket.destroy();
	});
	return server;
}
async function exchange(options, { request, response, isBusy }) {
	const left = new AbortController();
	response.once("close", () => left.abort());
	const answer = await answerTo(options, {
		request,
		isBusy,
		signal: left.signal
	});
	try {
		for (const [name, value] of [...answer.headers, ...Object.entries({
			...corsHeaders(request, options.door),
			...hardening
		})]) response.setHeader(name, value);
		if (!request.complete) response.setHeader("connection", "close");
		response.writeHead(answer.status);
		response.flushHeaders();
		await pour(answer, response);
	} catch {
		response.destroy();
	}
}
var hardening = {
	"x-content-type-options": "nosniff",
	"cross-origin-resource-policy": "same-site",
	"referrer-policy": "no-referrer"
};
async function answerTo({ door, face }, { request, isBusy, signal }) {
	try {
		if (request.method === "GET" && request.url === "/health") return new Response("{\"ok\":true}", { headers: { "content-type": "application/json" } });
		requireEntrance(request, door);
		if (request.method === "OPTIONS") return new Response(null, { status: 204 });
		if (isBusy) throw new Refusal({
			status: 429,
			message: `The gateway answers ${mostRequests} requests at once. Nothing was sent; try again in a moment.`,
			type: "rate_limit_error",
			code: "too_many_requests",
			retryAfter: 1
		});
		const body = await bodyOf(request);
		const { host = "localhost" } = request.headers;
		return await face(new Request(new URL(request.url ?? "/", `http://${host}`), {
			method: request.method ?? "GET",
			headers: headersOf(request),
			signal,
			...body ? { body } : {}
		}));
	} catch (error) {
		return refused(refusalOf(error));
	}
}
/** What the face reads. The key stays here. */
function headersOf({ headers }) {
	const passed = new Headers();
	for (const name of [
		"content-type",
		"x-bombyx-level",
		"accept"
	]) {
		const value = headers[name];
		if (typeof value === "string") passed.set(name, value);
	}
	return passed;
}
/** Writes as fast as the caller reads. Who leaves ends the answer. */
async function pour({ body }, response) {
	if (!body) return void response.end();
	const reader = body.getReader();
	const leave = () => void reader.cancel().catch(() => {});
	response.once("close", leave);
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		if (response.destroyed) return;
		if (!response.write(value)) await Promise.race([once(response, "drain"), once(response, "close")]);
	}
	response.off("close", leave);
	response.end();
}
var known = /* @__PURE__ */ new Set([
	"/v1/models",
	"/v1/chat/completions",
	"/v1/completions",
	"/v1/embeddings",
	"/v1/responses",
	"/v1/audio/transcriptions",
	"/health"
]);
var routeName = ({ url = "/" }) => {
	const path = url.split("?")[0] ?? "/";
	return known.has(path) ? path : path.startsWith("/v1/models/") ? "/v1/models/…" : "other";
};
// relay/gateway/start-gateway.ts
/** Starts a gateway: its key, its client of the relay, its server. */
async function startGateway(config, { log }) {
	mkdirSync(config.data, {
		recursive: true,
		mode: 448
	});
	const keyFile = join(config.data, "bearer-key");
	const key = openBearerKey(keyFile);
	const network = openRelayNetwork({
		relay: config.relay,
		clock: systemClock,
		trial: await identityOf(await createSecret())
	});
	const face = openAiFace({
		network,
		clock: systemClock,
		priceCap: 0n,
		level: config.level,
		delivery: config.delivery
	});
	const server = gatewayServer({
		door: {
			...config,
			hasKey: bearerCheck(key)
		},
		face,
		log
	});
	server.listen(config.port, config.host);
	await once(server, "listening");
	const { port } = server.address();
	return {
		url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}/v1`,
		key,
		keyFile,
		close: async () => {
			server.close();
			network.close();
			server.closeAllConnections();
			if (server.listening) await once(server, "close");
		}
	};
}
// relay/gateway/gateway.ts
/** The gateway's process: `npm run gateway [-- key]`. */
try {
	const config = readConfig(process.env);
	const gateway = await startGateway(config, { log: jsonLog() });
	const stop = () => void gateway.close();
	process.once("SIGINT", stop).once("SIGTERM", stop);
	const key = process.stdout.isTTY ? gateway.key : `in ${gateway.keyFile}`;
	process.stdout.write(`\nBombyx: the gateway is at ${gateway.url}\nKey: ${key}\nRelay: ${config.relay}. Questions leave this machine sealed. Stop with Ctrl+C.\n\n`);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
export {};
