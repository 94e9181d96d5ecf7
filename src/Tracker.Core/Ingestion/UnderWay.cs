namespace Tracker.Core.Ingestion;

/// <summary>The parts of micro-batches that are being decided and committed, and what they have to do with. Of one reader: it locks nothing.</summary>
/// <param name="most">How many there are at most at a time.</param>
internal sealed class UnderWay(int most)
{
    private readonly List<(Task Task, List<UInt128> Subjects)> _parts = [];
    private readonly Dictionary<UInt128, Task> _bySubject = [];

    public int Most => most;

    /// <summary>How many more may begin.</summary>
    public int Free => most - _parts.Count;

    public bool IsEmpty => _parts.Count == 0;

    public Task All => Task.WhenAll(_parts.Select(part => part.Task));

    /// <summary>A part that has to do with nothing that another has to do with.</summary>
    /// <param name="task">It never fails.</param>
    public void Add(IndependentPart part, Task task)
    {
        _parts.Add((task, part.Subjects));
        part.Subjects.ForEach(subject => _bySubject.Add(subject, task));
    }

    /// <returns>The part that has to do with it; null: none.</returns>
    public Task? Find(UInt128 subject) => _bySubject.GetValueOrDefault(subject);

    /// <summary>What is read from now on is not late for what is over.</summary>
    public void ForgetWhatIsOver()
    {
        // Looked at once: what ends meanwhile is forgotten the next time, with all that it has to do with.
        foreach (var over in _parts.FindAll(part => part.Task.IsCompleted))
        {
            over.Subjects.ForEach(subject => _bySubject.Remove(subject));
            _parts.Remove(over);
        }
    }
}
