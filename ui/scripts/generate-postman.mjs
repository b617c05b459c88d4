// Makes docs/postman/ from openapi.json: every route once, by subject, in an order that can be run from top to bottom. Signing in
// and taking a number fill the variables that the other requests use.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** What stands in a path's braces, unless it is its own variable. */
const PARTS = {
  slug: '{{poli}}',
  n: '{{loket}}',
  name: '{{nama}}',
  bahasa: 'id',
  berkas: 'chime.wav',
  jenis: 'klinik',
};
/** A number of its own for what is no ticket. */
const OTHER_ID = [
  [/^\/api\/patients\//, '{{pasien}}'],
  [/^\/api\/(users|api-keys|sessions|jobs)\//, '999999'],
];

/** Bodies that say more than the least that is needed. */
const BODIES = {
  log_in: { username: '{{username}}', password: '{{password}}' },
  register: { poli: '{{poli}}', nama: '{{nama}}' },
  new_patient: { poli: 'gigi', nama: '{{nama}}', no_hp: '0812-3456-7890' },
  call_next: { loket: '{{loket}}' },
  call: { loket: '{{loket}}', alasan: 'Mendesak' },
  transfer: { poli: 'gigi', alasan: 'Salah sentuh' },
  give_class: { kelas: 'lansia' },
  add_class: {
    nama: 'Tenaga kesehatan',
    icon: 'baby',
    warna: 'ungu',
    aturan: { cara: 'mutlak' },
    kiosk: false,
    aktif: true,
  },
  change_class: {
    nama: 'Balita',
    nama_en: 'Small child',
    icon: 'baby',
    warna: 'hijau',
    aturan: { cara: 'menua', menit: 20 },
    kiosk: false,
    aktif: true,
  },
  hand_over: { ke: 2 },
  add_journey: { nama: 'Periksa dan obat', poli: ['umum', 'gigi'] },
  change_journey: { nama: 'Periksa dan obat', poli: ['umum', 'gigi'] },
  give_way: { poli: ['gigi'] },
  ask_portal_code: { no_hp: '0812-3456-7890' },
  show_portal_code: { no_hp: '0812-3456-7890' },
  open_portal: { no_hp: '0812-3456-7890', kode: '000000' },
  judge_visit: { kode: '{{code}}', bintang: 5, komentar: 'Ramah dan cepat' },
  change_password: { lama: 'bukan-kata-sandinya', baru: 'kucing-oren-tujuh' },
  change_hours: { jam: [{ hari: 1, buka: '00:00', tutup: '24:00' }], kuota: { total: 200 }, terakhir: null },
  change_holidays: { libur: [{ tanggal: '2027-12-25', nama: 'Natal' }] },
  change_patient: { alamat: 'Jl. Antang Raya 12' },
  change_settings: { info_id: 'Ambil nomor, duduk, dengarkan panggilan.' },
  change_kind: { jenis: 'puskesmas' },
  add_user: { username: 'halim', name: 'Halim', roles: ['petugas'], poli: ['umum'] },
  change_user: { name: 'Nama Baru' },
  give_password: {},
  change_screen: { layout: 'tabel', tema: 'malam', besar: false, poli: [] },
  change_room: {
    tenang: [{ nama: 'Salat Zuhur', dari: '11:55', sampai: '12:20' }],
    teks: [{ id: 'Bawa buku KIA Anda.' }],
  },
  add_webhook: {
    nama: 'N8N',
    url: 'https://n8n.klinik.id/webhook/antrean',
    events: ['QueueCalled'],
    aktif: false,
  },
  change_webhook: { nama: 'N8N', url: 'https://n8n.klinik.id/webhook/antrean', events: ['QueueCalled'] },
  give_api_key: { nama: 'Chatbot', scopes: ['view-dashboard'], hari: 30 },
  add_a_service: { kode: 'L', nama: 'Laboratorium' },
  change_a_service: { nama_en: 'General clinic' },
  add_a_counter: { number: 90, nama: 'Loket 90', services: ['umum'] },
  change_a_counter: { nama: 'Loket 90' },
  pause: { alasan: 'Istirahat' },
  reset_day: { konfirmasi: 'RESET' },
  merge_patient: { dari: 999999 },
  report: { state: 'printed' },
  report_devices: { machine: 'postman', nama: 'Postman', mode: 'kiosk', devices: [] },
  turn: { zone: 'postman', machine: 'postman', seq: 1, speaking: false },
  own_test_page: { facts: [] },
  announce: { teks: 'Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.' },
  record: { wav: '' },
  set_up: {
    nama: 'Klinik Sehat',
    kota: 'Makassar',
    zona: 'WITA',
    jenis: 'klinik',
    admin_nama: 'Wati Lestari',
    admin_username: 'admin',
    admin_password: 'jendela-biru-lima',
  },
};

/** What ends something for the requests behind it comes last. */
const LAST = ['reset_day', 'undo_reset', 'end_session', 'change_password', 'log_out'];
const METHODS = ['get', 'post', 'put', 'delete'];
/** What is remembered of an answer. */
const REMEMBERED = {
  log_in: { token: 'token' },
  register: { id: 'ticket.id', code: 'ticket.code', nomor: 'ticket.nomor_antrean' },
  new_patient: { pasien: 'patient.id' },
};
const FOLDERS = {
  staff: 'Staf',
  visitor: 'Pengunjung',
  patients: 'Pasien',
  admin: 'Admin',
  reports: 'Laporan',
  site: 'Hub',
};

/** The collection as an object. */
export function collectionOf(document) {
  const requests = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(path, method, operation)),
  );
  const first = (id) => requests.find((one) => one.operation === id);
  const begin = ['log_in', 'register', 'new_patient'].map(first);
  const end = LAST.map(first);
  const rest = requests.filter((one) => !begin.includes(one) && !end.includes(one));
  const order = (one) => METHODS.indexOf(one.item.request.method.toLowerCase());
  const folders = [...new Set(rest.map((one) => one.tag))].map((tag) => ({
    name: FOLDERS[tag] ?? tag,
    item: rest
      .filter((one) => one.tag === tag)
      .sort((one, other) => order(one) - order(other))
      .map((one) => one.item),
  }));
  return {
    info: {
      name: 'Lobi',
      description:
        'Dibuat dari openapi.json (npm run generate:api di ui/). Jalankan dari atas ke bawah pada hub demo: ./run',
      schema: SCHEMA,
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: ANSWERED } }],
    item: [
      { name: 'Mulai di sini', item: begin.map((one) => one.item) },
      ...folders,
      { name: 'Terakhir', item: end.map((one) => one.item) },
    ],
  };
}

/** What must hold of every answer: the route is there, and what is wrong is said with its code. */
const ANSWERED = [
  "pm.test('the hub answers as described', () => {",
  '  pm.expect(pm.response.code).to.be.below(500);',
  '  pm.expect(pm.response.code).to.not.equal(405);',
  '  if (pm.response.code >= 400 && pm.response.code !== 426) {',
  '    const { error } = pm.response.json();',
  "    pm.expect(error.code).to.be.a('string').and.not.equal('NOT_FOUND');",
  "    pm.expect(error.code).to.not.equal('MALFORMED_JSON');",
  '  }',
  '});',
];

function requestOf(path, method, operation) {
  const id = operation.operationId;
  const filled = path.replace(/\{(\w+)\}/g, (_, part) => valueOf(path, part));
  const body = operation.requestBody ? (BODIES[id] ?? {}) : null;
  const remembered = Object.entries(REMEMBERED[id] ?? {}).map(
    ([name, where]) => `pm.environment.set('${name}', pm.response.json().${where});`,
  );
  const item = {
    name: operation.summary.replace(/\.$/, ''),
    ...(remembered.length
      ? { event: [{ listen: 'test', script: { type: 'text/javascript', exec: remembered } }] }
      : {}),
    request: {
      method: method.toUpperCase(),
      ...(operation.description ? { description: operation.description } : {}),
      ...(operation['x-permission'] ? {} : { auth: { type: 'noauth' } }),
      header: body ? [{ key: 'Content-Type', value: 'application/json' }] : [],
      url: {
        raw: `{{address}}${filled}`,
        host: ['{{address}}'],
        path: filled.slice(1).split('/'),
      },
      ...(body ? { body: { mode: 'raw', raw: raw(body), options: { raw: { language: 'json' } } } } : {}),
    },
  };
  // Staff take these numbers: they are told whose record it became.
  if (id === 'register' || id === 'new_patient') delete item.request.auth;
  return { tag: operation.tags[0], operation: id, item };
}

/** A number that stands for a variable goes without quotes. */
function raw(body) {
  return JSON.stringify(body, null, 2).replace(/"\{\{(loket)\}\}"/g, '{{$1}}');
}

function valueOf(path, part) {
  const other = part === 'id' && OTHER_ID.find(([start]) => start.test(path));
  return other ? other[1] : (PARTS[part] ?? `{{${part}}}`);
}

/** The environment of a demonstration on this machine. */
export function environmentOf() {
  const values = {
    address: 'http://127.0.0.1:4040',
    username: 'admin',
    password: 'lobi-demo',
    poli: 'umum',
    loket: '1',
    nama: 'Siti Rahmawati',
    token: '',
    id: '',
    code: '',
    nomor: '',
    pasien: '',
  };
  return {
    name: 'Lobi demo',
    values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })),
    _postman_variable_scope: 'environment',
  };
}

/** The files by name. */
export function postmanFiles(document) {
  const text = (value) => JSON.stringify(value, null, 2) + '\n';
  return {
    'lobi.postman_collection.json': text(collectionOf(document)),
    'lobi.postman_environment.json': text(environmentOf()),
  };
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
  const document = JSON.parse(readFileSync(new URL('../src/api/openapi.json', import.meta.url), 'utf8'));
  const folder = new URL('../../docs/postman/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(postmanFiles(document)))
    writeFileSync(new URL(name, folder), text);
}
