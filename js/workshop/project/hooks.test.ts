/// <reference path="weir.d.ts" />
import { assert, clock, describe, session, test } from 'weir:test';
import * as hooks from './hooks.ts';

describe('publish', () => {
  const expires = Date.UTC(2030, 0, 1) / 1000;
  const token = hooks.sign('live', 'cam1', expires);
  const query = `expires=${expires}&token=${token}`;

  test('a token admits, and the stream is counted while it lasts', async () => {
    clock.stop('2029-12-31');
    const s = session({ app: 'live', stream: 'cam1', query });
    assert((await s.publish(hooks.publish)).allowed);
    assert.equal(ngx.shared.streams.get('live'), 1);
    await s.unpublish(hooks.unpublish, { duration: 61.7 });
    assert.equal(ngx.shared.streams.get('live'), 0);
    assert.deepEqual(s.logged, ['cam1 ended after 62 s']);
  });

  test('a token expires', async () => {
    clock.stop('2030-01-02');
    const v = await session({ app: 'live', stream: 'cam1', query }).publish(hooks.publish);
    assert.deepEqual([v.code, v.reason], [401, 'the token is missing, or has expired']);
  });

  test('a token is for one stream', async () => {
    clock.stop('2029-12-31');
    assert.equal((await session({ app: 'live', stream: 'cam2', query }).publish(hooks.publish)).code, 403);
  });

  test('nobody gets in without a token', async () => {
    assert.equal((await session({ app: 'live', stream: 'cam1' }).publish(hooks.publish)).code, 401);
  });
});
