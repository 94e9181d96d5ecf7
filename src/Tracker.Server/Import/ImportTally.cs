using System.Text.Json;
using Tracker.Contracts.V1;
using Tracker.Server.Import.Rows;
using Tracker.Server.Import.Sending;

namespace Tracker.Server.Import;

/// <summary>Counts what becomes of rows and interactions. Reading, sending and display use it at the same time.</summary>
internal sealed class ImportTally
{
    private const int MostExamples = 10;

    private static readonly Dictionary<Purpose, string> PurposeNames = Enum.GetValues<Purpose>().ToDictionary(
        purpose => purpose,
        purpose => JsonNamingPolicy.SnakeCaseUpper.ConvertName(purpose.ToString()));

    private readonly Lock _gate = new();
    private readonly Dictionary<Outcome, long> _outcomes = [];
    private readonly Dictionary<ReasonKey, long> _reasons = [];
    private readonly List<string> _examples = [];
    private long _rows;
    private long _skipped;
    private long _sent;
    private long _failed;
    private long _misread;
    private string? _waiting;

    public void Read() => Interlocked.Increment(ref _rows);

    public void Skipped(string reason)
    {
        lock (_gate)
        {
            _skipped++;
            CountReason(ReasonKey.Skipped, reason);
        }
    }

    public void Bad(IReadOnlyList<BadCell> cells)
    {
        lock (_gate)
        {
            _misread++;
            CountReason(ReasonKey.Invalid, "UNREADABLE_ROW");
            foreach (var cell in cells)
            {
                AddExample(cell);
            }
        }
    }

    public void Sent(int count)
    {
        lock (_gate)
        {
            _sent += count;
        }
    }

    public void Failed(int count)
    {
        lock (_gate)
        {
            _failed += count;
        }
    }

    /// <param name="reason">Why nothing is answered.</param>
    public void Waits(string reason)
    {
        lock (_gate)
        {
            _waiting = reason;
        }
    }

    public void Answered(ImportBatch batch, IReadOnlyList<InteractionResult> results)
    {
        lock (_gate)
        {
            _waiting = null;
            for (var item = 0; item < batch.Count; item++)
            {
                CountResult(item < results.Count ? results[item] : new InteractionResult(), batch.PlaceOf(item));
            }
        }
    }

    public ImportCounts Snapshot()
    {
        lock (_gate)
        {
            return new ImportCounts(
                Interlocked.Read(ref _rows),
                _skipped,
                _sent,
                _outcomes.GetValueOrDefault(Outcome.Accepted),
                _outcomes.GetValueOrDefault(Outcome.AcceptedStripped),
                _outcomes.GetValueOrDefault(Outcome.Duplicate),
                _outcomes.GetValueOrDefault(Outcome.Denied),
                _outcomes.GetValueOrDefault(Outcome.Suppressed),
                _outcomes.GetValueOrDefault(Outcome.Invalid) + _misread,
                _failed,
                new SortedDictionary<ReasonKey, long>(_reasons),
                [.. _examples],
                _waiting);
        }
    }

    private void CountResult(InteractionResult result, RowPlace place)
    {
        if (result.Outcome is Outcome.Unspecified)
        {
            _failed++;
            return;
        }

        _outcomes[result.Outcome] = _outcomes.GetValueOrDefault(result.Outcome) + 1;
        CountReasons(result);
        foreach (var violation in result.Violations)
        {
            AddExample(new BadCell(place.File, place.Line, FieldOfItem(violation.Field), violation.Description));
        }
    }

    // "interactions[3].type" counts inside the batch, which says nothing to the owner of the file.
    private static string FieldOfItem(string field) =>
        field.StartsWith("interactions[", StringComparison.Ordinal) ? field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..] : field;

    private void CountReasons(InteractionResult result)
    {
        if (result.Outcome is Outcome.AcceptedStripped)
        {
            foreach (var denial in result.Denials)
            {
                CountReason(ReasonKey.Stripped, $"{PurposeNames.GetValueOrDefault(denial.Purpose)} {denial.Reason}");
            }
        }
        else if (result.Reason.Length > 0)
        {
            CountReason(ReasonKey.Of(result.Outcome), result.Reason);
        }
    }

    private void CountReason(string outcome, string reason)
    {
        var key = new ReasonKey(outcome, reason);
        _reasons[key] = _reasons.GetValueOrDefault(key) + 1;
    }

    private void AddExample(BadCell cell)
    {
        if (_examples.Count < MostExamples)
        {
            _examples.Add(cell.ToString());
        }
    }
}
