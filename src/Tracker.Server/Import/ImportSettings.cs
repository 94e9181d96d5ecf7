using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import;

/// <summary>What the user asked for.</summary>
/// <param name="Mapping">Name of a shipped mapping, or the path of a mapping file.</param>
internal sealed record ImportSettings(IReadOnlyList<string> Files, string Mapping, Uri Server)
{
    public bool AsJson { get; init; }

    public string? ApiKey { get; init; }

    public int BatchSize { get; init; } = 500;

    /// <summary>Null: as the mapping says.</summary>
    public ShiftMode? Shift { get; init; }

    /// <summary>Null: computed or remembered.</summary>
    public int? ShiftWeeks { get; init; }

    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether an invalid row or answer fails an import that delivered everything.</summary>
    public bool FailsOnInvalid { get; init; }

    public required string StateFolder { get; init; }
}
