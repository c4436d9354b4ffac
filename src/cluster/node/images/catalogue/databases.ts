import type { ProgramCall, ProgramDefinition, SignalReaction } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';
import { releases } from './releases.ts';

interface Database {
  readonly port: number;
  readonly startupMs: number;
  readonly memoryMebibytes: number;
  readonly ready: string;
  readonly term?: SignalReaction;
}

function database({ port, startupMs, memoryMebibytes, ready, term }: Database): ProgramDefinition {
  const ends = term ?? { code: 0, afterMs: 100 };
  return {
    startupMs,
    listens: [{ port, protocol: 'tcp' }],
    logs: [{ afterMs: startupMs, text: ready }],
    onSignal: { TERM: ends, INT: ends },
    memory: [{ atMs: 0, bytes: mebibytes(memoryMebibytes) }],
  };
}

/** A client that only tells whether the server is there. */
const client = (
  port: number,
  calls: readonly (readonly [args: readonly string[], yes: string, no: string])[],
): ProgramDefinition => ({
  calls: calls.map(
    ([args, stdout, stderr]): ProgramCall => ({
      args,
      stdout,
      code: 0,
      whenListening: port,
      otherwise: { stderr, code: 1 },
    }),
  ),
  exits: { afterMs: 0, code: 1, stderr: 'kubereel: this command is not simulated\n' },
});

/** The script that prepares a database and then becomes it; without a password some refuse to begin. */
const entrypoint = (command: string, requires?: ProgramDefinition['requires']): ProgramDefinition => ({
  wraps: { command: [command] },
  ...(requires && { requires }),
});

const mysqlRequires = {
  anyOf: [
    'MYSQL_ROOT_PASSWORD',
    'MYSQL_ALLOW_EMPTY_PASSWORD',
    'MYSQL_RANDOM_ROOT_PASSWORD',
    'MYSQL_ROOT_PASSWORD_FILE',
    'MARIADB_ROOT_PASSWORD',
    'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
    'MARIADB_RANDOM_ROOT_PASSWORD',
  ],
  code: 1,
  stderr:
    '{log}+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n' +
    '    You need to specify one of the following as an environment variable:\n' +
    '    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD\n',
};

const postgresRequires = {
  anyOf: ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD', 'POSTGRES_PASSWORD_FILE'],
  code: 1,
  stderr:
    'Error: Database is uninitialized and superuser password is not specified.\n' +
    '       You must specify POSTGRES_PASSWORD to a non-empty value for the\n' +
    '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n',
};

const mysqld = database({
  port: 3306,
  startupMs: 6000,
  memoryMebibytes: 380,
  ready:
    "{iso} 0 [System] [MY-010931] [Server] mysqld: ready for connections. Socket: '/var/run/mysqld/mysqld.sock'  port: 3306\n",
  term: { code: 0, afterMs: 1500 },
});

const mysqlClients = {
  mysqladmin: client(3306, [
    [['ping'], 'mysqld is alive\n', "mysqladmin: connect to server at 'localhost' failed\n"],
    [['-uroot'], 'mysqld is alive\n', "mysqladmin: connect to server at 'localhost' failed\n"],
    [['*'], 'mysqld is alive\n', "mysqladmin: connect to server at 'localhost' failed\n"],
  ]),
  mysql: client(3306, [
    [['*'], '1\n1\n', "ERROR 2002 (HY000): Can't connect to local MySQL server through socket\n"],
  ]),
};

const mysqlImage = {
  sizeBytes: mebibytes(170),
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['mysqld'],
  userland: 'gnu',
} as const;

const redisServer: ProgramDefinition = {
  ...database({
    port: 6379,
    startupMs: 30,
    memoryMebibytes: 4,
    ready: '1:M {redis} * Ready to accept connections tcp\n',
    term: {
      code: 0,
      afterMs: 20,
      text: '1:signal-handler ({unix}) Received SIGTERM scheduling shutdown...\n',
      stream: 'stdout',
    },
  }),
  portTaken: {
    stderr:
      '1:M {redis} # Warning: Could not create server TCP listening socket *:{port}: bind: Address already in use\n' +
      '1:M {redis} # Failed listening on port {port} (tcp), aborting.\n',
  },
};

const postgres = database({
  port: 5432,
  startupMs: 1800,
  memoryMebibytes: 40,
  ready: '{log} UTC [1] LOG:  database system is ready to accept connections\n',
  term: {
    code: 0,
    afterMs: 150,
    text: '{log} UTC [1] LOG:  received smart shutdown request\n',
    stream: 'stdout',
  },
});

const mongod = database({
  port: 27_017,
  startupMs: 1500,
  memoryMebibytes: 90,
  ready: '{"msg":"Waiting for connections","attr":{"port":27017}}\n',
});
const mongoClient = client(27_017, [
  [['*'], '{ ok: 1 }\n', 'MongoNetworkError: connect ECONNREFUSED 127.0.0.1:27017\n'],
]);

const simple = (
  names: { readonly repositories: readonly string[]; readonly command: string; readonly versions?: string },
  mebibytesPulled: number,
  program: Database,
): CatalogueEntry => ({
  repositories: names.repositories,
  ...(names.versions !== undefined && { tags: releases(names.versions) }),
  image: {
    sizeBytes: mebibytes(mebibytesPulled),
    entrypoint: ['docker-entrypoint.sh'],
    cmd: [names.command],
    userland: 'gnu',
    hasMore: true,
    programs: { 'docker-entrypoint.sh': entrypoint(names.command), [names.command]: database(program) },
  },
});

/** Images whose main program holds data and speaks a protocol of its own. */
export const databases: readonly CatalogueEntry[] = [
  {
    repositories: ['redis', 'valkey', 'gb-redis-follower', 'gb-redisslave', 'redis-slave'],
    tags: releases('[2-8](\\.\\d{1,2}(\\.\\d{1,2})?)?|v\\d.*|e2e.*'),
    image: {
      sizeBytes: mebibytes(41),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['redis-server'],
      userland: 'gnu',
      programs: {
        'docker-entrypoint.sh': entrypoint('redis-server'),
        'redis-server': redisServer,
        'redis-cli': client(6379, [
          [['ping'], 'PONG\n', 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n'],
          [
            ['-h', '*', 'ping'],
            'PONG\n',
            'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
          ],
          [['*'], 'OK\n', 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n'],
        ]),
      },
    },
  },
  {
    repositories: ['vishnunair/docker-mysql', 'docker-mysql'],
    image: {
      ...mysqlImage,
      programs: { 'docker-entrypoint.sh': entrypoint('mysqld'), mysqld, ...mysqlClients },
    },
  },
  {
    repositories: ['mysql', 'mysql-server', 'percona'],
    tags: releases('(5(\\.[5-7])?|8(\\.[0-4])?|9(\\.\\d)?)(\\.\\d{1,2})?|innovation|lts'),
    image: {
      ...mysqlImage,
      programs: { 'docker-entrypoint.sh': entrypoint('mysqld', mysqlRequires), mysqld, ...mysqlClients },
    },
  },
  {
    repositories: ['mariadb'],
    tags: releases('(5|1[0-2])(\\.\\d{1,2}){0,2}|lts'),
    image: {
      ...mysqlImage,
      sizeBytes: mebibytes(115),
      cmd: ['mariadbd'],
      programs: {
        'docker-entrypoint.sh': entrypoint('mariadbd', mysqlRequires),
        mariadbd: mysqld,
        mysqld,
        'mariadb-admin': mysqlClients.mysqladmin,
        ...mysqlClients,
      },
    },
  },
  {
    repositories: ['postgres', 'postgresql', 'postgis'],
    tags: releases('(9(\\.\\d)?|1[0-8])(\\.\\d{1,2}){0,2}'),
    image: {
      sizeBytes: mebibytes(150),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['postgres'],
      userland: 'gnu',
      programs: {
        'docker-entrypoint.sh': entrypoint('postgres', postgresRequires),
        postgres,
        pg_isready: client(5432, [
          [
            [],
            '/var/run/postgresql:5432 - accepting connections\n',
            '/var/run/postgresql:5432 - no response\n',
          ],
          [
            ['*'],
            '/var/run/postgresql:5432 - accepting connections\n',
            '/var/run/postgresql:5432 - no response\n',
          ],
        ]),
      },
    },
  },
  {
    repositories: ['mongo', 'mongodb'],
    tags: releases('[2-8](\\.\\d{1,2}(\\.\\d{1,2})?)?'),
    image: {
      sizeBytes: mebibytes(260),
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mongod'],
      userland: 'gnu',
      programs: {
        'docker-entrypoint.sh': entrypoint('mongod'),
        mongod,
        mongo: mongoClient,
        mongosh: mongoClient,
      },
    },
  },
  simple({ repositories: ['memcached'], command: 'memcached', versions: '1(\\.\\d(\\.\\d{1,2})?)?' }, 32, {
    port: 11_211,
    startupMs: 10,
    memoryMebibytes: 2,
    ready: '',
  }),
  simple(
    { repositories: ['rabbitmq'], command: 'rabbitmq-server', versions: '[34](\\.\\d{1,2}(\\.\\d{1,2})?)?' },
    100,
    {
      port: 5672,
      startupMs: 5000,
      memoryMebibytes: 120,
      ready: '{log}+00:00 [info] <0.9.0> Server startup complete; 4 plugins started.\n',
      term: { code: 0, afterMs: 2000 },
    },
  ),
  simple({ repositories: ['cassandra'], command: 'cassandra' }, 150, {
    port: 9042,
    startupMs: 30_000,
    memoryMebibytes: 900,
    ready: 'INFO  [main] {log} Startup complete\n',
    term: { code: 143, afterMs: 2000 },
  }),
  simple({ repositories: ['zookeeper', 'kubernetes-zookeeper'], command: 'zkServer.sh' }, 120, {
    port: 2181,
    startupMs: 2000,
    memoryMebibytes: 90,
    ready: '{log} [myid:] - INFO  [main] - Started\n',
    term: { code: 143, afterMs: 200 },
  }),
];
