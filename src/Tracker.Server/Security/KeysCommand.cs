using System.CommandLine;
using System.Globalization;
using Tracker.Core.Model;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>The verb `keys`: which versions of its keys each tenant has, and a new one, which nodes take up with their next start.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    // Every node is started again within a day, or the operator says when.
    private static readonly TimeSpan Notice = TimeSpan.FromDays(1);

    // To copy the file and start every node again takes a while.
    private static readonly TimeSpan ShortestNotice = TimeSpan.FromHours(1);

    private static readonly Option<string> Tenant = new("--tenant") { Required = true, Description = "Whose keys get a new version." };

    private static readonly Option<DateTimeOffset?> WrittenFrom = new("--written-from")
    {
        Description = "From when on it is written, such as 2026-12-01T03:00:00Z; until then it is only read. By then every node must have been started again with the file. An hour from now at least; a day if absent.",
    };

    public static Command Create(TimeProvider time, Func<IConfiguration> settings)
    {
        var list = new Command("list", "Show the versions of each tenant's keys, and from when on they are written. --Tracker:Storage:Path names the folder.");
        list.SetAction(arguments => Run(arguments, settings, keys => List(keys, arguments.InvocationConfiguration.Output)));
        var add = new Command("add", "Add a version to the keys of a tenant. Copy the file to every node, and start each again before the version is written; back the file up first.") { Tenant, WrittenFrom };
        add.SetAction(arguments => Run(arguments, settings, keys => Add(keys, arguments, time)));
        return new Command(Name, "Versions of the keys that tenants' data are hashed and wrapped under.") { list, add };
    }

    private static int Run(ParseResult arguments, Func<IConfiguration> settings, Action<LocalKeyFile> act)
    {
        try
        {
            var storage = new StorageOptions();
            var read = settings();
            Settings.CheckSections(read);
            read.GetSection(StorageOptions.Section).Bind(storage, binder => binder.ErrorOnUnknownConfiguration = true);
            act(LocalKeyFile.Find(storage) ?? throw new StartRefusedException($"There is no key file {LocalKeyFile.PathIn(storage)}; a server makes it with its first start."));
            return 0;
        }
        catch (Exception exception) when (StartFailure.Explain(exception, settings: null) is { } explanation)
        {
            arguments.InvocationConfiguration.Error.WriteLine(explanation);
            return StartFailure.ExitCode;
        }
    }

    private static void List(LocalKeyFile keys, TextWriter output)
    {
        foreach (var tenant in keys.Tenants.OrderBy(tenant => tenant.Value, StringComparer.Ordinal))
        {
            foreach (var key in keys.GetKeys(tenant))
            {
                output.WriteLine($"{tenant} version {key.Version}, written {(key.WrittenFrom == DateTimeOffset.MinValue ? "from the start" : $"from {Text(key.WrittenFrom)}")}");
            }
        }
    }

    private static void Add(LocalKeyFile keys, ParseResult arguments, TimeProvider time)
    {
        var tenant = new TenantId(arguments.GetValue(Tenant)!);
        if (!keys.HasKeys(tenant))
        {
            throw new StartRefusedException($"Tenant '{tenant}' has no keys yet; those it has are of {string.Join(", ", keys.Tenants)}.");
        }

        var now = time.GetUtcNow();
        var from = arguments.GetValue(WrittenFrom) ?? now + Notice;
        if (from < now + ShortestNotice)
        {
            throw new StartRefusedException($"--written-from must be an hour from now or later, and it is {Text(now)}: a node that was not started again with the file by then finds nobody that another writes under the new version.");
        }

        var added = keys.AddVersion(tenant, from);
        arguments.InvocationConfiguration.Output.WriteLine($"{tenant} version {added.Version}, written from {Text(from)}: copy the key file to every node and start each again before then; back it up.");
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
