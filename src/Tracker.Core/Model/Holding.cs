namespace Tracker.Core.Model;

/// <summary>How a hold reaches the documents that live as long as the one that is held.</summary>
public static class Holding
{
    /// <summary>Whether an end is that of a hold; identifiers end up to an hour before.</summary>
    public static bool IsOpen(DateTimeOffset end) => end >= ExpiryStamps.ForIdentifier(StoredTime.NoEnd);

    /// <returns>The classes that legal holds on a profile keep.</returns>
    public static RetentionClasses ClassesOf(Control? control) =>
        new((ushort)(control?.Holds.Aggregate(0, (bits, hold) => bits | hold.Classes.Bits) ?? 0));

    public static DateTimeOffset Later(DateTimeOffset end, DateTimeOffset? expireAt) =>
        ExpiryStamps.Later(end, expireAt ?? StoredTime.NoEnd);

    /// <summary>Nothing is stored without an end or a hold, nor with both.</summary>
    public static void RefuseUnending(string document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        if (expireAt is null && holds.Count == 0)
        {
            throw new InvalidOperationException($"A {document} with neither an end nor a hold cannot be stored.");
        }

        if (expireAt is not null && holds.Count > 0)
        {
            throw new InvalidOperationException($"A {document} with both an end and a hold cannot be stored; a hold has no end.");
        }
    }
}
