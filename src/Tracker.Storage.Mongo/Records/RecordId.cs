using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// interaction key ‖ slot, 19 bytes: the unique key of records. The record of an interaction that lives longest is in slot
/// 0, its head, whose key is the same whatever classes a repeat would bring; the others are in the slot of their class.
/// </summary>
internal static class RecordId
{
    private const byte HeadSlot = 0;

    public static BsonBinaryData OfHead(InteractionKey interaction) => Of(interaction, HeadSlot);

    public static BsonBinaryData Of(InteractionKey interaction, RetentionClass member) => Of(interaction, (byte)member);

    /// <summary>All records of an interaction.</summary>
    public static BsonDocument Within(InteractionKey interaction) => new("_id", new BsonDocument
    {
        { "$gte", Of(interaction, HeadSlot) },
        { "$lte", Of(interaction, byte.MaxValue) },
    });

    public static InteractionKey InteractionOf(BsonValue id) => InteractionKey.Read(id.AsBsonBinaryData.Bytes);

    public static bool IsHead(BsonValue id) => id.AsBsonBinaryData.Bytes[^1] == HeadSlot;

    private static BsonBinaryData Of(InteractionKey interaction, byte slot)
    {
        var bytes = new byte[InteractionKey.Size + 1];
        interaction.Write(bytes);
        bytes[^1] = slot;
        return new BsonBinaryData(bytes);
    }
}
