using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>tenant ‖ 0 ‖ kind ‖ key version ‖ keyed hash ‖ interaction: all sales that bear a number are neighbours.</summary>
internal static class ReceiptKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, IdentifierHash receipt, InteractionKey interaction)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Identifier(receipt);
        key.Interaction(interaction);
        return key.Key;
    }

    public static ReadOnlySpan<byte> WritePrefix(Span<byte> buffer, TenantId tenant, IdentifierHash receipt)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Identifier(receipt);
        return key.Key;
    }
}
