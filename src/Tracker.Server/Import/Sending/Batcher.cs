using System.Globalization;
using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Sending;

/// <summary>Fills batches up to a number of items and a size.</summary>
internal sealed class Batcher(int items)
{
    // A gRPC server takes 4 MiB unless told otherwise, and one interaction may have 256 KiB.
    private const int Bytes = 1024 * 1024;

    private int _number;
    private ImportBatch? _open;

    /// <returns>The batch that is full with this item; null while it has room.</returns>
    public ImportBatch? Add(Interaction interaction, RowPlace place)
    {
        _open ??= new ImportBatch((++_number).ToString(CultureInfo.InvariantCulture));
        _open.Add(interaction, place);

        return _open.Count >= items || _open.Bytes >= Bytes ? Take() : null;
    }

    /// <returns>What is left over; null if nothing is.</returns>
    public ImportBatch? Take()
    {
        var batch = _open;
        _open = null;
        return batch;
    }
}
