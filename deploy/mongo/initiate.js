// Run at every start, before the nodes of Tracker: makes the replica set if there is none, and waits for its primary.
const password = require("fs").readFileSync("/run/secrets/mongo-root-password", "utf8");
db.getSiblingDB("admin").auth("root", password);
try {
  rs.status();
} catch (error) {
  if (error.codeName !== "NotYetInitialized") {
    throw error;
  }

  rs.initiate({ _id: "tracker", members: [{ _id: 0, host: "mongo:27017" }] });
}

while (!db.hello().isWritablePrimary) {
  sleep(500);
}
