using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoMachineStoreTests : MachineStoreContract<MongoStorage>;
