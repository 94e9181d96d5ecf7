namespace Tracker.Server.Import.Rows;

/// <summary>Why a row cannot be used: where and what, never the value itself, which may be personal.</summary>
internal sealed record BadCell(string File, long Line, string Field, string Problem)
{
    public override string ToString() => $"{File}:{Line} {Field}: {Problem}";
}
