import type { ProgramDefinition, SignalReaction } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

interface Database {
  readonly port: number;
  readonly startupMs: number;
  readonly memoryMebibytes: number;
  readonly ready: string;
  readonly term?: SignalReaction;
}

function database({
  port,
  startupMs,
  memoryMebibytes,
  ready,
  term = { code: 0, afterMs: 100 },
}: Database): ProgramDefinition {
  return {
    startupMs,
    listens: [{ port, protocol: 'tcp' }],
    logs: [{ afterMs: startupMs, text: ready }],
    onSignal: { TERM: term, INT: term },
    memory: [{ atMs: 0, bytes: mebibytes(memoryMebibytes) }],
  };
}

const PASSWORD_MISSING = {
  mysql: '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n',
  postgres: 'Error: Database is uninitialized and superuser password is not specified.\n',
};

/** Images whose main program holds data and speaks a protocol of its own. */
export const databases: readonly CatalogueEntry[] = [
  {
    repositories: ['redis', 'valkey'],
    image: {
      sizeBytes: mebibytes(41),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['redis-server'],
      userland: 'gnu',
      commands: ['bash'],
      programs: {
        'docker-entrypoint.sh': database({
          port: 6379,
          startupMs: 30,
          memoryMebibytes: 4,
          ready: '1:M {log} * Ready to accept connections tcp\n',
        }),
        'redis-server': database({
          port: 6379,
          startupMs: 30,
          memoryMebibytes: 4,
          ready: '1:M {log} * Ready to accept connections tcp\n',
        }),
        'redis-cli': {
          calls: [
            {
              args: ['ping'],
              stdout: 'PONG\n',
              code: 0,
              whenListening: 6379,
              otherwise: {
                stderr: 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
                code: 1,
              },
            },
          ],
          exits: { afterMs: 0, code: 0 },
        },
      },
    },
  },
  {
    repositories: ['mysql', 'mariadb', 'mysql-server'],
    image: {
      sizeBytes: mebibytes(170),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mysqld'],
      userland: 'gnu',
      commands: ['bash'],
      program: {
        ...database({
          port: 3306,
          startupMs: 6000,
          memoryMebibytes: 380,
          ready: 'mysqld: ready for connections.\n',
          term: { code: 0, afterMs: 1500 },
        }),
        requires: {
          anyOf: [
            'MYSQL_ROOT_PASSWORD',
            'MYSQL_ALLOW_EMPTY_PASSWORD',
            'MYSQL_RANDOM_ROOT_PASSWORD',
            'MARIADB_ROOT_PASSWORD',
            'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
          ],
          code: 1,
          stderr: PASSWORD_MISSING.mysql,
        },
      },
    },
  },
  {
    repositories: ['postgres', 'postgresql'],
    image: {
      sizeBytes: mebibytes(150),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['postgres'],
      userland: 'gnu',
      commands: ['bash'],
      program: {
        ...database({
          port: 5432,
          startupMs: 1800,
          memoryMebibytes: 40,
          ready: 'LOG:  database system is ready to accept connections\n',
        }),
        requires: {
          anyOf: ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD'],
          code: 1,
          stderr: PASSWORD_MISSING.postgres,
        },
      },
    },
  },
  {
    repositories: ['mongo', 'mongodb'],
    image: {
      sizeBytes: mebibytes(260),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mongod'],
      userland: 'gnu',
      commands: ['bash'],
      program: database({
        port: 27017,
        startupMs: 1500,
        memoryMebibytes: 90,
        ready: 'Waiting for connections\n',
      }),
    },
  },
  {
    repositories: ['memcached'],
    image: {
      sizeBytes: mebibytes(32),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['memcached'],
      userland: 'gnu',
      program: database({ port: 11211, startupMs: 10, memoryMebibytes: 2, ready: '' }),
    },
  },
  {
    repositories: ['rabbitmq'],
    image: {
      sizeBytes: mebibytes(100),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['rabbitmq-server'],
      userland: 'gnu',
      commands: ['bash'],
      program: database({
        port: 5672,
        startupMs: 5000,
        memoryMebibytes: 120,
        ready: 'Server startup complete\n',
        term: { code: 0, afterMs: 2000 },
      }),
    },
  },
  {
    repositories: ['etcd'],
    image: {
      sizeBytes: mebibytes(55),
      entrypoint: ['etcd'],
      userland: 'none',
      program: database({
        port: 2379,
        startupMs: 300,
        memoryMebibytes: 20,
        ready: 'ready to serve client requests\n',
      }),
    },
  },
];
