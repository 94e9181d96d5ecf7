using MongoDB.Bson;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class IdentifierLinkCodec : DocumentCodec<IdentifierLink>
{
    public override DateTimeOffset? ExpireAt(IdentifierLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, IdentifierLink document)
    {
        written.Id("profile", document.Profile.Value);
        written.List("earlier", document.Earlier, static (list, place, profile) => list.Id(place, profile.Value));
    }

    protected override IdentifierLink ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) =>
        new(new ProfileId(document.Guid("profile")), expireAt!.Value, document.List("earlier", value => new ProfileId(Fields.GuidOf(value))));
}
