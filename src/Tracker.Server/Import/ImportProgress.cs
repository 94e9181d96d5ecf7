namespace Tracker.Server.Import;

/// <summary>How far the import is, for whoever displays it.</summary>
internal sealed class ImportProgress(ImportTally tally, TimeProvider time)
{
    private long _scanned;
    private long _rows = -1;
    private long _started;

    public bool IsScanning => Volatile.Read(ref _rows) < 0;

    public long Scanned => Volatile.Read(ref _scanned);

    public long Rows => Volatile.Read(ref _rows);

    public void Scan(long rows) => Volatile.Write(ref _scanned, rows);

    public void Start(long rows)
    {
        _started = time.GetTimestamp();
        Volatile.Write(ref _rows, rows);
    }

    public ImportPace Pace()
    {
        var counts = tally.Snapshot();
        return new ImportPace(counts.Read, Rows, counts.Answered, time.GetElapsedTime(_started), counts.Waiting);
    }
}
