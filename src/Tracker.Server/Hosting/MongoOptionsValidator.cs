using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Storage.Mongo;

namespace Tracker.Server.Hosting;

/// <summary>Before anything is opened. What is wrong with the address is told without it, because it may hold a password.</summary>
internal sealed partial class MongoOptionsValidator(IOptions<IngestionOptions> ingestion, IOptions<ConsentOptions> consents) : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> failures = [];
        var mongo = options.Mongo;
        Require(!mongo.IsChosen || MongoStore.IsConnectionString(mongo.ConnectionString), nameof(mongo.ConnectionString), "is not an address of a MongoDB: mongodb://host[:port][,...][/?options]");
        Require(DatabaseName().IsMatch(mongo.Database), nameof(mongo.Database), "must be 1 to 38 letters, digits, '_' and '-'");
        Require(mongo.StartTimeout >= TimeSpan.Zero && mongo.StartTimeout <= TimeSpan.FromDays(1), nameof(mongo.StartTimeout), "must be from 0 to a day");
        Require(IsWait(mongo.ServerSelectionTimeout), nameof(mongo.ServerSelectionTimeout), "must be from 250 milliseconds to a minute");
        Require(IsWait(mongo.OperationTimeout), nameof(mongo.OperationTimeout), "must be from 250 milliseconds to a minute");
        Require(mongo.TransactionBudget >= mongo.OperationTimeout && mongo.TransactionBudget <= TimeSpan.FromMinutes(5), nameof(mongo.TransactionBudget), $"must be from {nameof(mongo.OperationTimeout)} to 5 minutes");
        Require(
            !mongo.IsChosen || mongo.TransactionBudget < ingestion.Value.WriteDeadline - mongo.OperationTimeout,
            nameof(mongo.TransactionBudget),
            $"({mongo.TransactionBudget}) and {nameof(mongo.OperationTimeout)} ({mongo.OperationTimeout}), in which it is committed, must together be shorter than {IngestionOptions.Section}:{nameof(IngestionOptions.WriteDeadline)} ({ingestion.Value.WriteDeadline})");
        Require(
            !mongo.IsChosen || mongo.OperationTimeout < consents.Value.SecondPassDelay - ingestion.Value.WriteDeadline,
            nameof(mongo.OperationTimeout),
            $"({mongo.OperationTimeout}) and {IngestionOptions.Section}:{nameof(IngestionOptions.WriteDeadline)} ({ingestion.Value.WriteDeadline}) must together be shorter than {ConsentOptions.Section}:{nameof(ConsentOptions.SecondPassDelay)} ({consents.Value.SecondPassDelay}): a commit may take that much longer");
        // The second attempt looks for what the first took for new.
        Require(mongo.TransactionRetries is >= 1 and <= 1_000, nameof(mongo.TransactionRetries), "must be from 1 to 1,000");
        Require(mongo.Transactions is >= 1 and <= 64, nameof(mongo.Transactions), "must be from 1 to 64");
        Require(mongo.BreakFor >= TimeSpan.FromMilliseconds(500) && mongo.BreakFor <= TimeSpan.FromHours(1), nameof(mongo.BreakFor), "must be from half a second to an hour");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string setting, string what)
        {
            if (!isMet)
            {
                failures.Add($"{StorageOptions.MongoSection}:{setting} {what}.");
            }
        }
    }

    // Polly samples over twice of it, and takes no less than half a second.
    private static bool IsWait(TimeSpan timeout) => timeout >= TimeSpan.FromMilliseconds(250) && timeout <= TimeSpan.FromMinutes(1);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,38}$")]
    private static partial Regex DatabaseName();
}
