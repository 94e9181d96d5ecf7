using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using Tracker.Core.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Security;

/// <summary>The permission each RPC declares in the contract: <c>option (requires)</c>.</summary>
internal sealed class RequiredPermissions
{
    private readonly FrozenDictionary<string, Permission> _byMethod = Methods()
        .ToFrozenDictionary(method => $"/{method.Service.FullName}/{method.Name}", Required);

    /// <exception cref="InvalidOperationException">The method is not of the contract: nothing says who may call it.</exception>
    public Permission Of(string method) => _byMethod.TryGetValue(method, out var permission)
        ? permission
        : throw new InvalidOperationException($"{method} declares no permission.");

    public static string NameOf(Wire.Permission permission) =>
        Wire.PermissionReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)permission).Name;

    public static IEnumerable<MethodDescriptor> Methods() =>
        Files().SelectMany(file => file.Services).SelectMany(service => service.Methods);

    private static FileDescriptor[] Files() =>
    [
        Wire.InteractionReflection.Descriptor,
        Wire.ProfileReflection.Descriptor,
        Wire.ConsentReflection.Descriptor,
        Wire.PolicyReflection.Descriptor,
        Wire.CatalogReflection.Descriptor,
    ];

    private static Permission Required(MethodDescriptor method)
    {
        var permission = method.GetOptions()?.GetExtension(Wire.PermissionExtensions.Requires) ?? Wire.Permission.Unspecified;
        return permission != Wire.Permission.Unspecified && Enum.IsDefined((Permission)permission)
            ? (Permission)permission
            : throw new InvalidOperationException($"{method.FullName} declares no permission: option (requires) is missing.");
    }
}
