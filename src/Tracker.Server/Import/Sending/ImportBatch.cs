using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Sending;

/// <summary>One message of the stream, and for each of its items the row where it begins.</summary>
internal sealed class ImportBatch(string id)
{
    private readonly List<RowPlace> _places = [];

    public StreamInteractionsRequest Request { get; } = new() { BatchId = id };

    public int Count => _places.Count;

    public int Bytes { get; private set; }

    public RowPlace PlaceOf(int item) => _places[item];

    public void Add(Interaction interaction, RowPlace place)
    {
        Request.Interactions.Add(interaction);
        _places.Add(place);
        Bytes += interaction.CalculateSize();
    }
}
