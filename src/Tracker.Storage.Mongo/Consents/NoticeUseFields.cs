using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>What in the ledgers refers to a notice, on the notice itself.</summary>
internal static class NoticeUseFields
{
    public static void Write(DocumentWriter written, NoticeUse use)
    {
        written.Add("endless_uses", use.Endless);
        written.Date("used_until", use.Until);
    }

    public static NoticeUse Read(BsonDocument document) => new(document["endless_uses"].ToInt64(), document.Time("used_until"));
}
