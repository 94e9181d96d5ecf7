using System.Reflection;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What a call cannot do without, found by leaving out one field after the other.</summary>
public sealed class EaseOfWithdrawalTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task Withdrawing_requires_a_name_and_a_purpose_and_no_more_than_giving_does()
    {
        var (give, withdraw) = (An.Consent(Purpose.Profiling, An.Ada), new WithdrawalDraft { RequestId = "w", Profile = new(null, An.Ada), Purpose = Purpose.Profiling });
        await RecordAsync(give);

        var toGive = await RequiredAsync(give, RecordAsync);
        var toWithdraw = await RequiredAsync(withdraw, WithdrawAsync);

        Assert.Equal([nameof(WithdrawalDraft.Profile), nameof(WithdrawalDraft.Purpose), nameof(WithdrawalDraft.RequestId)], toWithdraw);
        Assert.True(toWithdraw.Count <= toGive.Count, string.Join(", ", toGive));
    }

    private Task<ConsentAppended> RecordAsync(ConsentDraft draft) => RecordAsync(draft, caller: null);

    /// <summary>Fields of the request itself; those within its evidence would only be more.</summary>
    private static async Task<IReadOnlyList<string>> RequiredAsync<T>(T draft, Func<T, Task<ConsentAppended>> send)
        where T : class
    {
        List<string> required = [];
        foreach (var field in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            if (!await IsTakenAsync(Without(draft, field), send))
            {
                required.Add(field.Name);
            }
        }

        return [.. required.Order(StringComparer.Ordinal)];
    }

    /// <summary>As a client that does not state it sends it.</summary>
    private static T Without<T>(T draft, PropertyInfo field)
    {
        var copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(draft, null)!;
        typeof(T).GetProperty("RequestId")!.SetValue(copy, $"without-{typeof(T).Name}-{field.Name}");
        field.SetValue(copy, field.PropertyType switch
        {
            var type when type == typeof(string) => "",
            { IsValueType: true } type => Activator.CreateInstance(type),
            { IsGenericType: true } type => Array.CreateInstance(type.GetGenericArguments()[0], 0),
            _ => null,
        });
        return copy;
    }

    private static async Task<bool> IsTakenAsync<T>(T draft, Func<T, Task<ConsentAppended>> send)
    {
        try
        {
            await send(draft);
            return true;
        }
        catch (RefusalException)
        {
            return false;
        }
    }
}
