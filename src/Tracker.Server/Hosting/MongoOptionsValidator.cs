using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Tracker.Storage.Mongo;

namespace Tracker.Server.Hosting;

/// <summary>Before anything is opened. What is wrong with the address is told without it, because it may hold a password.</summary>
internal sealed partial class MongoOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> failures = [];
        if (options.Mongo.IsChosen && !MongoStore.IsConnectionString(options.Mongo.ConnectionString))
        {
            failures.Add($"{MongoOptions.Section}:{nameof(MongoOptions.ConnectionString)} is not an address of a MongoDB: mongodb://host[:port][,...][/?options].");
        }

        if (!DatabaseName().IsMatch(options.Mongo.Database))
        {
            failures.Add($"{MongoOptions.Section}:{nameof(MongoOptions.Database)} must be 1 to 38 letters, digits, '_' and '-'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,38}$")]
    private static partial Regex DatabaseName();
}
