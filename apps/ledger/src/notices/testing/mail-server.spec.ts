import { once } from 'node:events';
import { connect } from 'node:net';
import { startMailServer, type MailServer } from './mail-server.js';

let server: MailServer;

beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.stop());

/** What is said, each after an answer, by somebody who then leaves without a word. */
const saying = async (...lines: readonly string[]): Promise<void> => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  for (const line of ['HELO here', 'MAIL FROM:<a@ledger.example>', 'RCPT TO:<b@customer.example>', 'DATA', ...lines]) {
    await once(socket, 'data');
    socket.write(`${line}\r\n`);
  }
  socket.end();
  await once(socket.resume(), 'close');
};

it('keeps no mail of which it had only a part, and goes on', async () => {
  await saying('Message-ID: <1>\r\n\r\nHalf of it');
  await saying('Message-ID: <2>\r\n\r\nAll of it\r\n.');
  expect(server.mails.map(({ messageId }) => messageId)).toEqual(['<2>']);
});
