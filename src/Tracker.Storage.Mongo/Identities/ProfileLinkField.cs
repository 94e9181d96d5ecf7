using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Identities;

internal static class ProfileLinkField
{
    public static void Write(DocumentWriter written, ProfileLink link)
    {
        written.Id("id", link.Id.Value);
        written.Id("first", link.First.Value);
        written.Id("second", link.Second.Value);
        written.Date("at", link.LinkedAt);
        written.Add("source", link.Source.Value);
        written.Add("case", link.CaseReference);
        if (link.Undoes is { } undone)
        {
            written.Id("undoes", undone.Value);
        }
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
