namespace Tracker.Storage.Mongo.Engine;

/// <summary>
/// Writers of one process that would meet in a document wait for each other before they begin: of many that meet all but one have worked in vain, and who is
/// unlucky too often is refused. Writers of other processes still meet, one at a time.
/// </summary>
internal sealed class Turns
{
    // Documents share a line where their hashes do; it costs them a wait.
    private readonly SemaphoreSlim[] _lines = [.. Enumerable.Range(0, 251).Select(_ => new SemaphoreSlim(1, 1))];

    /// <returns>To be disposed when it is done.</returns>
    /// <exception cref="OperationCanceledException">The turn has not come.</exception>
    public async Task<IDisposable> TakeAsync(IEnumerable<string> documents, CancellationToken cancellation)
    {
        var turn = new Turn();
        try
        {
            // In one order for all, so that no two wait for each other.
            foreach (var line in documents.Select(document => (uint)string.GetHashCode(document, StringComparison.Ordinal) % _lines.Length).Distinct().Order())
            {
                await _lines[line].WaitAsync(cancellation);
                turn.Add(_lines[line]);
            }

            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private sealed class Turn : IDisposable
    {
        private readonly List<SemaphoreSlim> _taken = [];

        public void Add(SemaphoreSlim line) => _taken.Add(line);

        public void Dispose()
        {
            _taken.ForEach(line => line.Release());
            _taken.Clear();
        }
    }
}
