using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Rows;

/// <summary>What became of a group of rows.</summary>
internal abstract record MappedGroup
{
    private MappedGroup()
    {
    }

    public sealed record Ready(Interaction Interaction, ImportRow First) : MappedGroup;

    public sealed record Skipped(string Reason) : MappedGroup;

    public sealed record Bad(IReadOnlyList<BadCell> Cells) : MappedGroup;
}
