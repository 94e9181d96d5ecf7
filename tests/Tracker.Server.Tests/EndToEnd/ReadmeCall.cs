using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Tracker.Server.Tests.Import;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>A call as README.md has it for grpcurl, for a shell in which NOW is set.</summary>
internal sealed partial record ReadmeCall(MethodDescriptor Method, string Json)
{
    private static readonly FileDescriptor[] Contract =
        [Wire.InteractionReflection.Descriptor, Wire.ConsentReflection.Descriptor, Wire.ProfileReflection.Descriptor, Wire.PolicyReflection.Descriptor];

    public static async Task<IReadOnlyList<ReadmeCall>> ReadAllAsync(CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), cancellation);
        return [.. CallPattern().Matches(text).Select(call => new ReadmeCall(Find(call.Groups["service"].Value, call.Groups["method"].Value), call.Groups["json"] is { Success: true } json ? json.Value : "{}"))];
    }

    public async Task<IMessage> SendAsync(CallInvoker server, DateTimeOffset now, CancellationToken cancellation)
    {
        var json = Json.Replace("'$NOW'", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var method = new Method<IMessage, IMessage>(
            MethodType.Unary, Method.Service.FullName, Method.Name, Marshal(Method.InputType), Marshal(Method.OutputType));

        return await server.AsyncUnaryCall(method, host: null, new CallOptions(cancellationToken: cancellation), Method.InputType.Parser.ParseJson(json));
    }

    private static Marshaller<IMessage> Marshal(MessageDescriptor type) => Marshallers.Create(message => message.ToByteArray(), type.Parser.ParseFrom);

    private static MethodDescriptor Find(string service, string method) =>
        Contract.SelectMany(file => file.Services).Single(found => found.FullName == service).FindMethodByName(method)!;

    [GeneratedRegex("^grpcurl -plaintext (-d '(?<json>.*?)' \\\\\n *)?127\\.0\\.0\\.1:5081 (?<service>[\\w.]+)/(?<method>\\w+)", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CallPattern();
}
