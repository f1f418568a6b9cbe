import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { ConstraintViolation, isConnectionLost, StoreConflict, StoreUnavailable, toStoreError } from './errors.ts';

const databaseError = (code: string) => Object.assign(new pg.DatabaseError('as the server said', 0, 'error'), { code, constraint: 'a_rule' });

describe('errors of the store', () => {
  it.each(['57P01', '57P02', '57P03', '08006', '53300', '57014', '25P03'])('calls %s unavailable', (code) => {
    expect(toStoreError(databaseError(code))).toBeInstanceOf(StoreUnavailable);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'])('calls the socket error %s unavailable', (code) => {
    expect(toStoreError(Object.assign(new Error('socket'), { code }))).toMatchObject({ name: 'StoreUnavailable', retryable: true, outcome: 'nothing stored' });
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout'])('knows the driver by its words: %s', (text) => {
    expect(toStoreError(new Error(text))).toBeInstanceOf(StoreUnavailable);
  });

  it('tells rules, conflicts and broken assumptions apart', () => {
    expect(toStoreError(databaseError('23505'))).toMatchObject({ rule: 'unique', constraint: 'a_rule' });
    expect(toStoreError(databaseError('23514'))).toBeInstanceOf(ConstraintViolation);
    expect(toStoreError(databaseError('40P01'))).toBeInstanceOf(StoreConflict);
    const syntax = databaseError('42601');
    expect(toStoreError(syntax)).toBe(syntax);
    expect(toStoreError('no error at all')).toBe('no error at all');
  });

  it('keeps the connection of a statement that was only too slow', () => {
    expect(isConnectionLost(databaseError('57014'))).toBe(false);
    expect(isConnectionLost(databaseError('57P01'))).toBe(true);
    expect(isConnectionLost(databaseError('23505'))).toBe(false);
  });
});
