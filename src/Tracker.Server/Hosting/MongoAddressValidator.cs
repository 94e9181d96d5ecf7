using Microsoft.Extensions.Options;
using Tracker.Storage.Mongo;

namespace Tracker.Server.Hosting;

/// <summary>The address is read before anything is opened; what is wrong with it is told without it, because it may hold a password.</summary>
internal sealed class MongoAddressValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        !options.Mongo.IsChosen || MongoStore.IsConnectionString(options.Mongo.ConnectionString)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{MongoOptions.Section}:{nameof(MongoOptions.ConnectionString)} is not an address of a MongoDB: mongodb://host[:port][,...][/?options].");
}
