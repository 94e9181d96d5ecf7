using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>What a review has found so far: changes to be written, and what is left of the profile.</summary>
internal sealed class RevisionDraft(Control control, Fence? fence)
{
    private readonly List<InteractionRecord> _rewritten = [];
    private readonly List<RecordAddress> _deleted = [];
    private readonly List<(ReviewCause Cause, bool IsDeleted)> _changes = [];
    private readonly Dictionary<UInt128, DateTimeOffset> _orders = [];
    private readonly HashSet<UInt128> _changedOrders = [];

    /// <summary>Changes since the last write.</summary>
    public int Count => _rewritten.Count + _deleted.Count;

    public ContactDocument? Contact { get; private set; }

    public bool DeletesContact { get; private set; }

    public RetentionClasses Left { get; private set; }

    /// <summary>When the first purpose ends that leaves something behind.</summary>
    public DateTimeOffset? StripAt { get; private set; }

    public IReadOnlyList<(ReviewCause Cause, bool IsDeleted)> Changes => _changes;

    /// <summary>Orders, contracts and quotes of which something changed, and the latest end of what names them.</summary>
    public IReadOnlyDictionary<UInt128, DateTimeOffset> OrderEnds => _orders.Where(order => _changedOrders.Contains(order.Key)).ToDictionary();

    public void Add(InteractionRecord record, Reviewed<InteractionRecord> reviewed)
    {
        if (reviewed.Document is null)
        {
            _deleted.Add(RecordAddress.Of(record));
        }
        else if (reviewed.IsChanged)
        {
            _rewritten.Add(reviewed.Document);
        }

        foreach (var number in record.References)
        {
            Note(number, reviewed);
        }

        Note(record.Class, reviewed.Document is not null, reviewed.Cause, reviewed.StripAt);
    }

    public void Add(Reviewed<ContactDocument> reviewed)
    {
        Contact = reviewed.IsChanged ? reviewed.Document : null;
        DeletesContact = reviewed.Document is null;
        Note(RetentionClass.Contact, reviewed.Document is not null, reviewed.Cause, reviewed.StripAt);
    }

    /// <summary>The records gathered so far, to be written as a part of the review; the draft goes on empty.</summary>
    public ProfileRevision TakeRecords()
    {
        var revision = new ProfileRevision
        {
            Tenant = control.Tenant,
            Profile = control.Profile,
            ExpectedEpoch = control.DecisionEpoch,
            Fence = fence,
            IsPart = true,
            Rewritten = [.. _rewritten],
            Deleted = [.. _deleted],
        };
        _rewritten.Clear();
        _deleted.Clear();
        return revision;
    }

    private void Note(UInt128 order, Reviewed<InteractionRecord> reviewed)
    {
        // What is held has no end, and what names it none either.
        var end = reviewed.Document is null ? DateTimeOffset.MinValue : reviewed.Document.ExpireAt ?? DateTimeOffset.MaxValue;
        _orders[order] = ExpiryStamps.Later(_orders.GetValueOrDefault(order, DateTimeOffset.MinValue), end);
        if (reviewed.IsChanged)
        {
            _changedOrders.Add(order);
        }
    }

    private void Note(RetentionClass member, bool isLeft, ReviewCause cause, DateTimeOffset? stripAt)
    {
        Left = isLeft ? Left.With(member) : Left;
        StripAt = StripAt is null || stripAt < StripAt ? stripAt ?? StripAt : StripAt;
        if (cause != ReviewCause.None)
        {
            _changes.Add((cause, !isLeft));
        }
    }
}
