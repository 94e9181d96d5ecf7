namespace Tracker.Core.Model.Content;

/// <summary>A set of content fields as one number.</summary>
public readonly record struct FieldSet(UInt128 Bits)
{
    public static readonly FieldSet All = new(UInt128.MaxValue);

    public bool IsEmpty => Bits == UInt128.Zero;

    public bool Contains(ContentField field) => (Bits & (UInt128.One << (int)field)) != UInt128.Zero;

    public FieldSet With(ContentField field) => new(Bits | (UInt128.One << (int)field));

    public FieldSet With(ContentField field, bool present) => present ? With(field) : this;

    public static FieldSet operator |(FieldSet left, FieldSet right) => new(left.Bits | right.Bits);

    public static FieldSet operator &(FieldSet left, FieldSet right) => new(left.Bits & right.Bits);

    public FieldSet Except(FieldSet other) => new(Bits & ~other.Bits);

    public IEnumerable<ContentField> Members()
    {
        for (var rest = Bits; rest != UInt128.Zero; rest &= rest - UInt128.One)
        {
            yield return (ContentField)(int)UInt128.TrailingZeroCount(rest);
        }
    }
}
