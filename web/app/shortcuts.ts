/** Key chords: which keys mean what, and what they do from any page. */
import type {LitElement} from 'lit';
import {shownTurns} from '../state/branches.ts';
import type {AppServices} from '../state/services.ts';
import {conversationTexts} from './conversation-texts.ts';
import {lastCode} from './last-code.ts';
import {copy, tell} from './notice.ts';
import {route, go} from './router.ts';
import {chordOf, type Pressed} from './shortcut-keys.ts';
import {ShortcutEvent, type ShortcutName} from './shortcut-event.ts';
import './shortcut-list.ts';

export interface ShortcutOptions {
  readonly services: AppServices;
  readonly signal: AbortSignal;
}

/** Answers chords until the signal aborts; `shell` shows what comes of them. */
export function followShortcuts(shell: LitElement, {services, signal}: ShortcutOptions): void {
  addEventListener('keydown', (event) => {
    const name = isElsewhere(event) ? undefined : chordOf(event as Pressed);
    if (name === undefined || !services.settings.view.get().shortcuts) return;
    event.preventDefault();
    void act(name, {shell, services});
  }, {signal});
}

/** Another one answered it, or a dialog has the keys. */
const isElsewhere = (event: KeyboardEvent): boolean =>
  event.defaultPrevented || event.isComposing || event.repeat || event.composedPath().some((target) => target instanceof HTMLDialogElement && !target.classList.contains('drawer'));

async function act(name: ShortcutName, {shell, services}: {readonly shell: LitElement; readonly services: AppServices}): Promise<void> {
  if (name === 'settings') return go('/settings');
  if (name === 'shortcuts') return showList(shell, services);
  if (name === 'code') return copyCode(shell, services);
  if (route.get().page !== 'chat') {
    go('/chat');
    await shell.updateComplete;
    const page = shell.renderRoot.querySelector('chat-page');
    await page?.updateComplete;
  }
  dispatchEvent(new ShortcutEvent(name));
}

async function copyCode(shell: LitElement, {chat}: AppServices): Promise<void> {
  const code = lastCode(shownTurns(chat.view.get().current));
  if (code === undefined) tell(shell, conversationTexts.shortcuts.noCode);
  else await copy(shell, code);
}

function showList(shell: LitElement, {settings}: AppServices): void {
  const known = shell.renderRoot.querySelector('shortcut-list');
  const list = known ?? document.createElement('shortcut-list');
  list.active = settings.view.get().shortcuts;
  if (!known) shell.renderRoot.append(list);
  void list.show();
}
