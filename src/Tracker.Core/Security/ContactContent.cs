using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What is inside the seal of a contact document.</summary>
/// <param name="Content">Contact and preferences only.</param>
/// <param name="SeenAt">When each field was stated, by its path: a late message must not overwrite a newer value.</param>
/// <param name="KeptFor">The purposes each field was kept for, by its path: what was given for one may not be read for another (GDPR Art. 5(1)(b)).</param>
public sealed record ContactContent(
    InteractionContent Content,
    IReadOnlyDictionary<string, DateTimeOffset> SeenAt,
    IReadOnlyDictionary<string, IReadOnlyList<Purpose>> KeptFor)
{
    public static readonly ContactContent Empty =
        new(InteractionContent.Empty, new Dictionary<string, DateTimeOffset>(), new Dictionary<string, IReadOnlyList<Purpose>>());

    /// <summary>The fields that any of the purposes was given.</summary>
    public FieldSet FieldsOf(params IReadOnlyCollection<Purpose> purposes) => Content.Fields().Members()
        .Where(field => KeptFor.TryGetValue(field.Path(), out var keptFor) && keptFor.Any(purposes.Contains))
        .Aggregate(default(FieldSet), (set, field) => set.With(field));

    /// <summary>All of it, as a hold keeps it, to be read for these purposes only.</summary>
    public ContactContent ReadOnlyFor(IReadOnlyCollection<Purpose> purposes) => this with
    {
        KeptFor = KeptFor.ToDictionary(field => field.Key, field => (IReadOnlyList<Purpose>)[.. field.Value.Where(purposes.Contains)]),
    };

    /// <summary>What is left when these fields may be kept for these purposes only, and all others as they were.</summary>
    public ContactContent With(FieldSet fields, IReadOnlyCollection<Purpose> purposes)
    {
        var paths = fields.Members().Select(field => field.Path()).ToHashSet();
        var narrowed = this with
        {
            KeptFor = KeptFor.ToDictionary(field => field.Key, field => paths.Contains(field.Key) ? [.. field.Value.Where(purposes.Contains)] : field.Value),
        };
        return narrowed.KeptOnlyFor([.. KeptFor.Values.SelectMany(keptFor => keptFor).Distinct()]);
    }

    /// <summary>What is left when it may be kept for these purposes only.</summary>
    public ContactContent KeptOnlyFor(IReadOnlyCollection<Purpose> purposes)
    {
        var content = Content.Keep(FieldsOf(purposes));
        var paths = content.Fields().Members().Select(field => field.Path()).ToHashSet();
        return new(
            content,
            SeenAt.Where(field => paths.Contains(field.Key)).ToDictionary(),
            KeptFor.Where(field => paths.Contains(field.Key)).ToDictionary(field => field.Key, field => (IReadOnlyList<Purpose>)[.. field.Value.Where(purposes.Contains)]));
    }
}
