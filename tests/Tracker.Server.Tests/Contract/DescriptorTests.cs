using Google.Protobuf.Reflection;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Contract;

public class DescriptorTests
{
    private static readonly FileDescriptor[] Files =
    [
        .. typeof(Wire.Interaction).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!),
    ];

    private static readonly string[] Reads = ["Get", "List", "Check", "Explain", "Preview", "Suggest"];

    private static IEnumerable<MethodDescriptor> Methods => Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    [Fact]
    public void Every_rpc_declares_a_permission() => Assert.All(Methods, method =>
        Assert.NotEqual(Wire.Permission.Unspecified, method.GetOptions().GetExtension(Wire.PermissionExtensions.Requires)));

    [Fact]
    public void The_server_knows_the_permission_of_every_rpc()
    {
        var required = new RequiredPermissions();

        Assert.NotEmpty(Methods);
        Assert.All(Methods, method => Assert.Equal(
            (int)method.GetOptions().GetExtension(Wire.PermissionExtensions.Requires),
            (int)required.Of($"/{method.Service.FullName}/{method.Name}")));
    }

    [Fact]
    public void A_method_outside_the_contract_has_no_permission_that_could_be_met() =>
        Assert.Throws<InvalidOperationException>(() => new RequiredPermissions().Of("/other.v1.Service/Call"));

    [Fact]
    public void Every_rpc_has_a_request_and_a_response_of_its_own() => Assert.All(Methods, method =>
    {
        Assert.Equal($"{method.Name}Request", method.InputType.Name);
        Assert.Equal($"{method.Name}Response", method.OutputType.Name);
    });

    [Fact]
    [Trait("Compliance", "R-007")]
    public void Every_read_of_personal_data_names_what_it_is_for() => Assert.All(
        Methods.Where(method => method.Name is not ("GetPolicy" or "GetNotice") && method.Service.Name != "CatalogService" && Reads.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal))),
        method => Assert.Equal("tracker.v1.Purpose", method.InputType.FindFieldByName("purpose")?.EnumType.FullName));

    [Fact]
    [Trait("Compliance", "R-028")]
    public void No_interaction_can_claim_a_stage() => Assert.DoesNotContain(
        Wire.Interaction.Descriptor.Fields.InDeclarationOrder(),
        field => field.FieldType == FieldType.Enum && field.EnumType.Name == "Stage");

    [Fact]
    public void Every_enum_begins_with_an_unspecified_zero() => Assert.All(Files.SelectMany(file => file.EnumTypes), type =>
    {
        var prefix = string.Concat(type.Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
        Assert.Equal($"{prefix}_UNSPECIFIED", type.FindValueByNumber(0).Name);
        Assert.All(type.Values, value => Assert.StartsWith($"{prefix}_", value.Name, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_instant_is_named_at() => Assert.All(
        Files.SelectMany(file => file.MessageTypes).SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => field.FieldType == FieldType.Message && field.MessageType.FullName == "google.protobuf.Timestamp" && field.ContainingOneof is null),
        field => Assert.EndsWith("_at", field.Name, StringComparison.Ordinal));
}
