using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What a notice tells of beyond its purposes; a consent reaches no further .</summary>
public sealed record NoticeScope
{
    /// <summary>Null: the tenant, of a notice from before it was asked for.</summary>
    public NoticeController? Controller { get; init; }

    public IReadOnlyList<NoticeRecipient> Recipients { get; init; } = [];

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    /// <summary>Empty: those that the purposes need.</summary>
    public IReadOnlyList<DataCategory> DataCategories { get; init; } = [];

    /// <summary>Countries the data is kept in, ISO 3166-1 alpha-2; empty: that of the policy.</summary>
    public IReadOnlyList<string> StorageLocations { get; init; } = [];

    /// <summary>How the person may withdraw, in words or as addresses.</summary>
    public IReadOnlyList<string> WithdrawalMethods { get; init; } = [];

    /// <summary>How long it says that data is kept for a purpose (GDPR Art. 13(2)(a)); what is collected under it is kept no longer (E20).</summary>
    public IReadOnlyList<NoticeTerm> RetentionTerms { get; init; } = [];

    public string Uri { get; init; } = "";

    /// <summary>Written so that a child understands it (GDPR Art. 12(1)).</summary>
    public bool IsChildLanguage { get; init; }

    /// <summary>Purposes, controller or recipients differ from the version before: those who refused may be asked again .</summary>
    public bool IsMaterialChange { get; init; }

    /// <summary>It tells that visits from before somebody named themselves on their machine are linked to them; a consent to profiling under it does so (E10).</summary>
    public bool LinksEarlierVisits { get; init; }

    public bool IsSame(NoticeScope other) =>
        Controller == other.Controller
        && (Uri, IsChildLanguage, IsMaterialChange, LinksEarlierVisits) == (other.Uri, other.IsChildLanguage, other.IsMaterialChange, other.LinksEarlierVisits)
        && Recipients.SequenceEqual(other.Recipients)
        && ContactChannels.SequenceEqual(other.ContactChannels)
        && DataCategories.SequenceEqual(other.DataCategories)
        && StorageLocations.SequenceEqual(other.StorageLocations)
        && WithdrawalMethods.SequenceEqual(other.WithdrawalMethods)
        && RetentionTerms.SequenceEqual(other.RetentionTerms);
}
