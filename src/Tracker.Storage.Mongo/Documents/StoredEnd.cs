using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>
/// How a document ends: <c>expire_at</c>, at which the server deletes it, or <c>holds</c>, and never both. What a legal
/// hold has to keep before the review has written the hold on it has <c>holds</c> too, and its own end beside it: the
/// server does not ask the control document, so the document itself must say that it is held.
/// </summary>
internal static class StoredEnd
{
    public const string ExpireAt = "expire_at";
    public const string Holds = "holds";
    public const string OwnEnd = "ends_at";

    /// <param name="heldBy">Legal holds on the profile that keep a document of this kind.</param>
    public static void Write(DocumentWriter document, DateTimeOffset? expireAt, IReadOnlyList<string> holds, IReadOnlyList<string> heldBy)
    {
        if (expireAt is null)
        {
            document.Texts(Holds, holds);
        }
        else if (heldBy.Count == 0)
        {
            document.Time(ExpireAt, expireAt);
        }
        else
        {
            document.Texts(Holds, heldBy);
            document.Time(OwnEnd, expireAt);
        }
    }

    /// <returns>The document's own end; null: it has none.</returns>
    public static DateTimeOffset? Read(BsonDocument document) => document.NullableTime(ExpireAt) ?? document.NullableTime(OwnEnd);

    public static string[] ReadHolds(BsonDocument document) => document.Contains(OwnEnd) ? [] : document.Texts(Holds);

    public static bool IsSaved(BsonDocument document) => document.Contains(OwnEnd);

    /// <summary>Documents whose own end has not passed.</summary>
    public static BsonDocument Living(DateTimeOffset now) => new("$nor", new BsonArray { Passed(ExpireAt, now), Passed(OwnEnd, now) });

    public static BsonDocument Passed(string field, DateTimeOffset now) => new(field, new BsonDocument("$lte", Fields.Date(now)));

    public static bool IsLiving(DateTimeOffset? expireAt, DateTimeOffset now) => !(expireAt <= now);
}
