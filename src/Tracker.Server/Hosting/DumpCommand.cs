using System.CommandLine;
using System.Security.Cryptography;
using Tracker.Core.Security;
using Tracker.Server.Security;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Server.Hosting;

/// <summary>The verb `dump`: what the store holds, one line of JSON per document, also while a server has it open.</summary>
internal static class DumpCommand
{
    public const string Name = "dump";

    private static readonly Option<string[]> Part = new("--part")
    {
        AllowMultipleArgumentsPerToken = true,
        Description = "What to show; everything if absent.",
        DefaultValueFactory = _ => [.. StoreDump.Parts],
    };

    private static readonly Option<bool> IncludeExpired = new("--include-expired")
    {
        Description = "Also what readers no longer see and is not deleted yet.",
    };

    private static readonly Option<bool> Comparable = new("--comparable")
    {
        Description = "Without what every run draws anew (ids, times of arrival), sorted: equal for two stores that were told the same under the same keys.",
    };

    public static Command Create(TimeProvider time, Func<IConfiguration> settings)
    {
        Part.AcceptOnlyFromAmong([.. StoreDump.Parts]);
        var command = new Command(Name, "Show what the store holds, as JSON lines, also while a server has it open. --Tracker:Storage:Path names the folder.")
        {
            Part, IncludeExpired, Comparable,
        };
        command.SetAction(arguments => Run(arguments, time, settings));
        return command;
    }

    private static int Run(ParseResult arguments, TimeProvider time, Func<IConfiguration> settings)
    {
        var streams = arguments.InvocationConfiguration;
        try
        {
            var storage = Storage(settings());
            using var dump = StoreDump.OpenReadOnly(storage.StoreFolder, time);
            var options = ToOptions(storage, arguments.GetValue(IncludeExpired));
            Func<string, IEnumerable<string>> read = arguments.GetValue(Comparable)
                ? new ComparableDump(dump, options).Read
                : part => dump.Read(part, options);
            Write(arguments.GetValue(Part)!.Distinct().SelectMany(read), streams.Output);
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } explanation)
        {
            streams.Error.WriteLine(explanation);
            return StartFailure.ExitCode;
        }
    }

    private static StorageOptions Storage(IConfiguration settings)
    {
        Settings.CheckSections(settings);
        var storage = new StorageOptions();
        settings.GetSection(StorageOptions.Section).Bind(storage, binder => binder.ErrorOnUnknownConfiguration = true);
        return storage.Mongo.IsChosen
            ? throw new StartRefusedException("The dump is of the embedded store; what a MongoDB holds is shown by its own tools (mongosh, mongoexport).")
            : storage;
    }

    private static string? Explain(Exception exception) => exception switch
    {
        StoreOpenException refused => refused.Message,
        CryptographicException => "The key file is not the one that this store was written under; restore that one from your key backup.",
        _ => StartFailure.Explain(exception, settings: null),
    };

    /// <summary>With the keys at hand a digest tells whether two payloads hold the same; the content itself is never shown.</summary>
    private static DumpOptions ToOptions(StorageOptions storage, bool includeExpired)
    {
        var keys = LocalKeyFile.Find(storage);
        var digests = keys is null ? null : new PayloadDigests(new DataKeys(keys, TimeProvider.System), new KeyedHasher(keys, TimeProvider.System));
        return new DumpOptions
        {
            IncludeExpired = includeExpired,
            RecordDigest = digests is null ? null : digests.Of,
            ContactDigest = digests is null ? null : digests.Of,
        };
    }

    private static void Write(IEnumerable<string> lines, TextWriter output)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
