// Run once by the image of MongoDB, when its volume is empty.
db.getSiblingDB("tracker").createUser({
  user: "tracker",
  pwd: require("fs").readFileSync("/run/secrets/mongo-tracker-password", "utf8"),
  // dbAdmin changes validators (collMod), which readWrite may not.
  roles: ["readWrite", "dbAdmin"],
});
