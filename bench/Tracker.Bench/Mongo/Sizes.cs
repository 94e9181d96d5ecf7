using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;
using Spectre.Console;

namespace Tracker.Bench.Mongo;

/// <summary>What a run has left in each collection: how many documents for each accepted interaction, and how large they are.</summary>
internal static class Sizes
{
    public static async Task<Table> OfAsync(IMongoDatabase database, int accepted, CancellationToken cancellation)
    {
        var table = new Table().AddColumns("Collection", "Documents", "For each accepted", "Bytes of BSON each");
        foreach (var name in (await (await database.ListCollectionNamesAsync(cancellationToken: cancellation)).ToListAsync(cancellation)).Order(StringComparer.Ordinal))
        {
            var documents = await database.GetCollection<BsonDocument>(name).Find(new BsonDocument()).ToListAsync(cancellation);
            if (documents.Count > 0)
            {
                table.AddRow(name, Text($"{documents.Count}"), Text($"{documents.Count / (double)accepted:F3}"), Text($"{documents.Average(document => document.ToBson().Length):F0}"));
            }
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
