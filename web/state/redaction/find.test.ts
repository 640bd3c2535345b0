/** What is found in three languages, what is left alone, and that no text makes it slow. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findPersonal, type Wishes} from './find.ts';

const nothing: Wishes = {terms: [], asIs: []};
const found = (text: string, wishes = nothing): string[] => findPersonal(text, wishes).map(({kind, start, end}) => `${kind} ${text.slice(start, end)}`);

const tables: Readonly<Record<string, readonly (readonly [text: string, ...found: string[]])[]>> = {
  'mail, machines, links, tokens': [
    ['Write to anna.o-neil+work@mail.example.co.uk, please.', 'email anna.o-neil+work@mail.example.co.uk'],
    ['Пишите на иван@почта.рф!', 'email иван@почта.рф'],
    ['(juan_perez@ejemplo.es)', 'email juan_perez@ejemplo.es'],
    ['The server is 192.168.10.24 and 2001:db8::8a2e:370:7334.', 'ip 192.168.10.24', 'ip 2001:db8::8a2e:370:7334'],
    ['See https://user:hunter2@host.example/x and go.', 'link https://user:hunter2@host.example/x'],
    ['https://host.example/reset?token=abcdef123456.', 'link https://host.example/reset?token=abcdef123456'],
    ['postgres://admin:pw@10.0.0.5:5432/db', 'link postgres://admin:pw@10.0.0.5:5432/db'],
    ['my key sk-proj_a1b2c3d4e5f6g7h8i9j0 is', 'secret sk-proj_a1b2c3d4e5f6g7h8i9j0'],
  ],
  'cards and accounts': [
    ['Card 4111 1111 1111 1111, exp 12/27', 'card 4111 1111 1111 1111'],
    ['5500-0000-0000-0004', 'card 5500-0000-0000-0004'],
    ['IBAN DE89 3704 0044 0532 0130 00 PLEASE', 'iban DE89 3704 0044 0532 0130 00'],
    ['Mi cuenta es ES9121000418450200051332.', 'iban ES9121000418450200051332'],
  ],
  'telephones': [
    ['Call +44 20 7946 0958 or (415) 555-2671.', 'phone +44 20 7946 0958', 'phone (415) 555-2671'],
    ['Мой телефон 8 (912) 345-67-89', 'phone 8 (912) 345-67-89'],
    ['+7 912 345 67 89', 'phone +7 912 345 67 89'],
    ['Llámame al 612 345 678', 'phone 612 345 678'],
    ['тел.: 234567', 'phone 234567'],
  ],
  'days of birth': [
    ['I was born on 12 March 1985 in Leeds.', 'birth 12 March 1985'],
    ['DOB: 03/12/1985', 'birth 03/12/1985'],
    ['Я родился 5 мая 1990, учусь.', 'birth 5 мая 1990'],
    ['Дата рождения: 05.05.1990', 'birth 05.05.1990'],
    ['05.05.1990 г.р.', 'birth 05.05.1990'],
    ['Nací el 3 de abril de 1979.', 'birth 3 de abril de 1979'],
  ],
  'addresses': [
    ['I live at 221B Baker Street, London now', 'address 221B Baker Street, London'],
    ['Send it to 1600 Pennsylvania Avenue, Washington, DC 20500.', 'address 1600 Pennsylvania Avenue, Washington, DC 20500'],
    ['postcode SW1A 1AA', 'address SW1A 1AA'],
    ['Живу: г. Москва, ул. Ленина, д. 5, кв. 12.', 'address г. Москва, ул. Ленина, д. 5, кв. 12'],
    ['Я на улице Большая Морская, 14', 'address улице Большая Морская, 14'],
    ['Vivo en Calle de Alcalá, 45, 3º B, 28014 Madrid', 'address Calle de Alcalá, 45, 3º B, 28014 Madrid'],
  ],
  'names': [
    ['Hello, my name is Anna Smith and I', 'name Anna Smith'],
    ['my name is anna', 'name anna'],
    ['Меня зовут Иван Петрович Сидоров, мне 30', 'name Иван Петрович Сидоров'],
    ['me llamo José de la Fuente', 'name José de la Fuente'],
    ['Ask Mr. Brown, Dr Olga Ivanova or Sra. García.', 'name Brown', 'name Olga Ivanova', 'name García'],
    ['г-н Кузнецов ответил', 'name Кузнецов'],
    ['Dear Peter,\nthank you', 'name Peter'],
    ['Уважаемая Мария Ивановна!', 'name Мария Ивановна'],
    ['Estimado Carlos:', 'name Carlos'],
    ['See you.\n\nBest regards,\nJohn O’Neil', 'name John O’Neil'],
    ['С уважением,\nПётр', 'name Пётр'],
    ['Atentamente,\nLucía Gómez\n', 'name Lucía Gómez'],
    ['ФИО: Смирнов А. П.', 'name Смирнов А. П.'],
    ["I'm Anna Smith from Leeds", 'name Anna Smith'],
  ],
};

for (const [about, rows] of Object.entries(tables)) {
  test(`found: ${about}`, () => {
    for (const [text, ...expected] of rows) assert.deepEqual(found(text), expected, text);
  });
}

test('left alone: what only looks like it', () => {
  const harmless = [
    'Version 1.2.3 of 2024-01-15 costs 1,000,000.50 and takes 12:30:45.',
    'Pi is 3.14159265358979323846, and 1234 5678 9012 3456 is no card.',
    'See https://en.wikipedia.org/wiki/Bombyx_mori and http://127.0.0.1:8080/.',
    'https://blog.example/2024/01/how-to-write-a-very-long-title-that-goes-on',
    'Use a@b or user@localhost; std::vector<int>, 12::34.',
    'Dear Sir or Madam, Dear Team,',
    'I am American. I’m Tired. My name is not important.',
    'Уважаемые коллеги! Меня зовут так, как надо. Это Москва.',
    'Me llamo la atención. Estimados señores:',
    'const x = [1, 2, 3]; arr[10] = "name: value"; 0xdeadbeef 123456789',
    'In 1985 the 3 main streets had 400 000 people, 20 500 cars.',
    'Born in the USA. The birthday of Python is in 1991.',
    'IBAN DE00 0000 0000 0000 0000 00',
    'sketching-a-long-word-2024 and pk',
    'The Second Street Band played 12 songs on the Way.',
  ];
  for (const text of harmless) assert.deepEqual(found(text), [], text);
});

test('own terms in any case, as whole words; what is to be sent as it is; the more telling kind of two', () => {
  assert.deepEqual(found('Project Falcon, FALCON, falconry; C++ (x)', {terms: ['falcon', 'C++', ' ', 'x'], asIs: []}), ['term Falcon', 'term FALCON', 'term C++']);
  assert.deepEqual(found('a@b.example and c@d.example', {terms: [], asIs: ['a@b.example']}), ['email c@d.example']);
  assert.deepEqual(found('https://me@host.example/', nothing), ['link https://me@host.example/']);
});

/** 256 KB of what pulls at the patterns. */
const size = 256 * 1024;
const hostile: Readonly<Record<string, string>> = {
  'one letter': 'a', 'one capital': 'A', 'digits': '1', 'spaced digits': '1 ', 'dashes': '1-', 'at signs': '@', 'mail without an end': 'a@a.', 'many mails': 'a@b.cc ', 'dots': 'a.', 'capitals': 'Aa ', 'initials': 'A. ', 'initials without spaces': 'A.',
  'account': `AA11${'A'.repeat(31)} `, 'account groups': 'AA11 AAAA AAAA ', 'plus': '+1 ', 'brackets': '(1) ', 'links': 'a://', 'a long link': 'x?key', 'colons': 'a:', 'names': 'Mr Aa ', 'small names': 'my name is abc ', 'streets': '1 Aa Aa Aa Aa ', 'russian': 'ул. Аа аа ', 'spanish': 'Calle de la Aa de Aa ',
  'birth': 'born 1.1.1 ', 'months': '1 may ', 'spaces': ' ', 'lines': 'Regards,\n\n', 'tokens': 'sk-aaaaaaaaaaaaaaaaaaaa ', 'signed tokens': 'eyJaaaaaaaaaa.', 'emoji': '😀', 'accents': 'e\u0301', 'lone halves': '\ud800', 'brackets of ours': '[name-1',
};

test('no text makes it slow: a quarter of a megabyte of each takes no second and a half, and time grows with its length', () => {
  const time = (text: string): number => {
    const started = performance.now();
    findPersonal(text, nothing);
    return performance.now() - started;
  };
  for (const [about, unit] of Object.entries(hostile)) {
    const [half, whole] = [unit.repeat(Math.ceil(size / 2 / unit.length)), unit.repeat(Math.ceil(size / unit.length))];
    time(half);
    const taken = Math.min(time(whole), time(whole));
    assert.ok(taken < 1500, `${about}: ${taken.toFixed(0)} ms`);
    assert.ok(taken < 250 || taken < 6 * Math.min(time(half), time(half)), `${about}: grows faster than the text`);
  }
});
