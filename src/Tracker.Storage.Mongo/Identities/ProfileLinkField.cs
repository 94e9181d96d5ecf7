using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Identities;

internal static class ProfileLinkField
{
    public static BsonValue Write(ProfileLink link)
    {
        var written = new BsonDocument
        {
            { "id", Fields.Id(link.Id.Value) },
            { "first", Fields.Id(link.First.Value) },
            { "second", Fields.Id(link.Second.Value) },
            { "at", Fields.Date(link.LinkedAt) },
            { "source", link.Source.Value },
            { "case", link.CaseReference },
        };
        if (link.Undoes is { } undone)
        {
            written.Add("undoes", Fields.Id(undone.Value));
        }

        return written;
    }

    public static ProfileLink Read(BsonDocument link) => new()
    {
        Id = new(Fields.GuidOf(link["id"])),
        First = new(Fields.GuidOf(link["first"])),
        Second = new(Fields.GuidOf(link["second"])),
        Undoes = link.TryGetValue("undoes", out var undone) ? new LinkId(Fields.GuidOf(undone)) : null,
        LinkedAt = link.Time("at"),
        Source = new(link.Text("source")),
        CaseReference = link.Text("case"),
    };
}
