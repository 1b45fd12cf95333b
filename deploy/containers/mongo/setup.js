// Run by mongosh as the root user, at every start: forms the replica set once, and one user per house, who sees only the
// house's own database. Passwords come from the environment; running it again sets them again.
const secure = process.env.TLS_CA ? `&tls=true&tlsCAFile=${encodeURIComponent(process.env.TLS_CA)}` : "";
const root = `root:${encodeURIComponent(process.env.MONGO_ROOT_PASSWORD)}`;
db = connect(`mongodb://${root}@mongo:27017/admin?directConnection=true${secure}`);
const members = [{ _id: 0, host: "mongo:27017" }];
try {
  rs.status();
} catch (error) {
  rs.initiate({ _id: "rs0", members });
}
while (!db.hello().isWritablePrimary) sleep(200);

for (const house of ["registry", "training", "placement", "matching", "partners", "console"]) {
  const database = `lumbung_${house}`;
  const password = process.env[`MONGO_PASSWORD_${house.toUpperCase()}`];
  if (!password) throw new Error(`MONGO_PASSWORD_${house.toUpperCase()} is not set`);
  const home = db.getSiblingDB(database);
  const user = { pwd: password, roles: [{ role: "readWrite", db: database }, { role: "dbAdmin", db: database }] };
  if (home.getUser(house)) home.updateUser(house, user);
  else home.createUser({ user: house, ...user });
  print(`${house}: sees ${database} and nothing else`);
}
