using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>
/// What is inside the seal of a contact document. Of each purpose the latest statement of a field counts: what was given for one
/// may not be read for another (GDPR Art. 5(1)(b)), nor take from another what that was given.
/// </summary>
/// <param name="Content">Contact and preferences only.</param>
/// <param name="SeenAt">When each field was stated, by its path: a late message must not overwrite a newer value.</param>
/// <param name="KeptFor">The purposes each field was kept for, by its path.</param>
public sealed record ContactContent(
    InteractionContent Content,
    IReadOnlyDictionary<string, DateTimeOffset> SeenAt,
    IReadOnlyDictionary<string, IReadOnlyList<Purpose>> KeptFor)
{
    public static readonly ContactContent Empty =
        new(InteractionContent.Empty, new Dictionary<string, DateTimeOffset>(), new Dictionary<string, IReadOnlyList<Purpose>>());

    /// <summary>Older statements of the same fields, for the purposes that have no newer one; null: there are none.</summary>
    public ContactContent? Older { get; init; }

    /// <summary>What that purpose was given.</summary>
    public InteractionContent For(Purpose purpose)
    {
        var own = Content.Keep(FieldsOf(purpose));
        return Older is null ? own : own.Over(Older.For(purpose));
    }

    /// <summary>With what is stated now, in whatever order statements come.</summary>
    /// <param name="needed">The fields that each purpose is given of it.</param>
    public ContactContent State(InteractionContent stated, DateTimeOffset at, IReadOnlyDictionary<Purpose, FieldSet> needed) => Of(stated.Fields().Members()
        .Select(field => new ContactStatement(field, Only(field, stated), at, [.. needed.Where(purpose => purpose.Value.Contains(field)).Select(purpose => purpose.Key)]))
        .Where(statement => statement.For.Count > 0)
        .Concat(Statements()));

    /// <summary>Whether none of these fields is kept for anything but these purposes.</summary>
    public bool IsKeptOnlyFor(FieldSet fields, IReadOnlyCollection<Purpose> purposes) =>
        (Content.Fields() & fields).Members().All(field => KeptFor.GetValueOrDefault(field.Path(), []).All(purposes.Contains))
        && Older?.IsKeptOnlyFor(fields, purposes) != false;

    /// <summary>All of it, as a hold keeps it, to be read for these purposes only.</summary>
    public ContactContent ReadOnlyFor(IReadOnlyCollection<Purpose> purposes) => this with
    {
        KeptFor = KeptFor.ToDictionary(field => field.Key, field => (IReadOnlyList<Purpose>)[.. field.Value.Where(purposes.Contains)]),
        Older = Older?.ReadOnlyFor(purposes),
    };

    /// <summary>What is left when these fields may be kept for these purposes only, and all others as they were.</summary>
    public ContactContent With(FieldSet fields, IReadOnlyCollection<Purpose> purposes)
    {
        var paths = fields.Members().Select(field => field.Path()).ToHashSet();
        return Left((path, purpose) => !paths.Contains(path) || purposes.Contains(purpose));
    }

    /// <summary>What is left when it may be kept for these purposes only.</summary>
    public ContactContent KeptOnlyFor(IReadOnlyCollection<Purpose> purposes) => Left((_, purpose) => purposes.Contains(purpose));

    /// <summary>The newest statement of each field is on top, and what older ones are still for is below.</summary>
    private static ContactContent Of(IEnumerable<ContactStatement> statements) =>
        Layer([.. statements.GroupBy(statement => statement.Field).Select(Latest)]) ?? Empty;

    /// <summary>A purpose has its latest statement only. Of the same instant the one that comes first here counts.</summary>
    private static Queue<ContactStatement> Latest(IEnumerable<ContactStatement> ofField)
    {
        Queue<ContactStatement> latest = [];
        HashSet<Purpose> told = [];
        foreach (var statement in ofField.OrderByDescending(statement => statement.At))
        {
            List<Purpose> own = [.. statement.For.Where(told.Add).Order()];
            // What a hold alone keeps is for no purpose, until something newer is said.
            if (own.Count > 0 || latest.Count == 0)
            {
                latest.Enqueue(statement with { For = own });
            }
        }

        return latest;
    }

    private static ContactContent? Layer(List<Queue<ContactStatement>> byField)
    {
        List<ContactStatement> top = [.. byField.Where(statements => statements.Count > 0).Select(statements => statements.Dequeue())];
        return top.Count == 0 ? null : new(
            top.Aggregate(InteractionContent.Empty, (content, statement) => statement.Value.Over(content)),
            top.ToDictionary(statement => statement.Field.Path(), statement => statement.At),
            top.ToDictionary(statement => statement.Field.Path(), statement => statement.For))
        {
            Older = Layer(byField),
        };
    }

    private static InteractionContent Only(ContentField field, InteractionContent content) => content.Keep(default(FieldSet).With(field));

    private IEnumerable<ContactStatement> Statements() => Content.Fields().Members()
        .Select(field => new ContactStatement(field, Only(field, Content), SeenAt.GetValueOrDefault(field.Path()), KeptFor.GetValueOrDefault(field.Path(), [])))
        .Concat(Older?.Statements() ?? []);

    private FieldSet FieldsOf(Purpose purpose) => Content.Fields().Members()
        .Where(field => KeptFor.TryGetValue(field.Path(), out var keptFor) && keptFor.Contains(purpose))
        .Aggregate(default(FieldSet), (set, field) => set.With(field));

    private ContactContent Left(Func<string, Purpose, bool> mayKeep) => Of(Statements()
        .Select(statement => statement with { For = [.. statement.For.Where(purpose => mayKeep(statement.Field.Path(), purpose))] })
        .Where(statement => statement.For.Count > 0));
}
