using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

/// <summary>
/// Two defects of updates by pipeline in DocumentDB 1.0. An update of many refuses $$NOW: a constant means the same. A new
/// root with an _id stores it twice, and no driver can read that: it is taken out, and the extension puts the old one back.
/// </summary>
internal static class PipelineUpdates
{
    /// <summary>Only commands whose bytes contain one of the words are decoded.</summary>
    public static Request Mend(Request request, DateTimeOffset now)
    {
        var time = new BsonDateTime(now.UtcDateTime);
        if (IsSuspect(request.Document))
        {
            request.Document = MendCommand(BsonSerializer.Deserialize<BsonDocument>(request.Document.ToArray()), time).ToBson();
        }

        if (request.Sequence is { } updates && IsSuspect(updates))
        {
            request.Sequence = MendSequence(updates, time);
        }

        return request;
    }

    private static bool IsSuspect(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.IndexOf("$$NOW\0"u8) >= 0 || bytes.Span.IndexOf("$replace"u8) >= 0;

    private static BsonDocument MendCommand(BsonDocument command, BsonDateTime now)
    {
        foreach (var update in command.GetValue("updates", new BsonArray()).AsBsonArray)
        {
            MendUpdate(update.AsBsonDocument, "u", now);
        }

        MendUpdate(command, "update", now);
        return command;
    }

    private static ReadOnlyMemory<byte> MendSequence(ReadOnlyMemory<byte> updates, BsonDateTime now)
    {
        using var mended = new MemoryStream();
        while (updates.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(updates.Span);
            var update = BsonSerializer.Deserialize<BsonDocument>(updates[..length].ToArray());
            MendUpdate(update, "u", now);
            mended.Write(update.ToBson());
            updates = updates[length..];
        }

        return mended.ToArray();
    }

    private static void MendUpdate(BsonDocument holder, string field, BsonDateTime now)
    {
        if (!holder.TryGetValue(field, out var value) || value is not BsonArray pipeline)
        {
            return;
        }

        for (var i = 0; i < pipeline.Count; i++)
        {
            pipeline[i] = WithTime(pipeline[i], now);
        }

        foreach (var stage in pipeline.OfType<BsonDocument>())
        {
            if (stage.TryGetValue("$replaceWith", out var root))
            {
                stage["$replaceWith"] = WithoutId(root);
            }
            else if (stage.TryGetValue("$replaceRoot", out var replace))
            {
                stage["$replaceRoot"] = new BsonDocument("newRoot", WithoutId(replace["newRoot"]));
            }
        }
    }

    private static BsonValue WithTime(BsonValue value, BsonDateTime now) => value switch
    {
        BsonString { Value: "$$NOW" } => now,
        BsonDocument document => new BsonDocument(document.Select(element => new BsonElement(element.Name, WithTime(element.Value, now)))),
        BsonArray array => new BsonArray(array.Select(item => WithTime(item, now))),
        _ => value,
    };

    private static BsonDocument WithoutId(BsonValue root) => new("$unsetField", new BsonDocument { { "field", "_id" }, { "input", root } });
}
