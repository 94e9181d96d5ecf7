namespace Tracker.Core.Model;

/// <summary>How a legal hold is called, so that it says what it was placed for: written "TAX_ASSESSMENT:2033-17" in what it keeps.</summary>
/// <param name="Kind">Unspecified: an older name, that tells no kind.</param>
/// <param name="Id">As whoever placed it calls it.</param>
public readonly record struct HoldName(HoldKind Kind, string Id)
{
    private const char Separator = ':';

    /// <summary>Reads what <see cref="ToString"/> has written; a name without a kind is all id, and written again as it was.</summary>
    public static HoldName Read(string written)
    {
        var end = written.IndexOf(Separator, StringComparison.Ordinal);
        return end > 0 && EnumNames<HoldKind>.TryParse(written[..end], out var kind) && kind != HoldKind.Unspecified
            ? new(kind, written[(end + 1)..])
            : new(HoldKind.Unspecified, written);
    }

    public override string ToString() => Kind == HoldKind.Unspecified ? Id : $"{EnumNames<HoldKind>.Of(Kind)}{Separator}{Id}";
}
