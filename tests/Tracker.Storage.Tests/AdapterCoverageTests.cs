using Tracker.Core.Retention;
using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests;

public sealed class AdapterCoverageTests
{
    private static readonly Type[] Types = typeof(AdapterCoverageTests).Assembly.GetTypes();

    [Fact]
    public void Every_adapter_is_held_to_every_contract()
    {
        var adapters = Types.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IStorageUnderTest))).ToList();
        var contracts = Types.Where(IsContract).ToList();

        var missing =
            from adapter in adapters
            from contract in contracts
            let suite = contract.MakeGenericType(adapter)
            where !Types.Any(type => type.IsSealed && type.BaseType == suite)
            select $"{adapter.Name} has no suite for {contract.Name}";

        Assert.NotEmpty(adapters);
        Assert.True(contracts.Count >= 9);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_port_of_a_store_has_a_contract()
    {
        var ports = typeof(IStorageUnderTest).GetProperties().Select(property => property.PropertyType).Where(type => type.IsInterface).ToList();
        var contracts = Types.Where(IsContract).Select(type => type.Name).ToList();

        Assert.All(ports, port => Assert.Contains(contracts, name => name.StartsWith(ContractOf(port), StringComparison.Ordinal)));
    }

    private static bool IsContract(Type type) =>
        type.IsAbstract && type.Name.Contains("Contract`", StringComparison.Ordinal) && type != typeof(StorageContract<>);

    private static string ContractOf(Type port) => port == typeof(IExpireData) ? "ExpiryContract" : $"{port.Name[1..]}Contract";
}
