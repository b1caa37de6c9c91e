using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>Null where the public interface wants something is refused, and the argument is named.</summary>
public sealed class NullArgumentTests
{
    private static readonly Assembly[] Packages =
    [
        typeof(Money).Assembly, typeof(ILedger).Assembly, typeof(Ledger).Assembly, typeof(InvoicePaper).Assembly,
        typeof(SettleServiceCollectionExtensions).Assembly, typeof(SettleProblemsExtensions).Assembly,
    ];

    [Fact]
    public async Task Every_public_method_names_the_argument_that_is_null()
    {
        await using var local = Ledger.InMemory();
        // Nobody listens there: what is null must be noticed before anything is sent.
        using var remote = HttpLedger.Open("http://127.0.0.1:9/bank");
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var (wrong, checkedCount) = (new List<string>(), 0);
        foreach (var method in Packages.SelectMany(MethodsOf))
        {
            foreach (var parameter in method.GetParameters().Where(NeedsValue))
            {
                foreach (var target in TargetsOf(method, local, remote))
                {
                    checkedCount++;
                    var arguments = method.GetParameters()
                        .Select(each => each == parameter ? null : Sample(each.ParameterType, local, app)).ToArray();
                    if (await FaultAsync(method, target, arguments, parameter.Name!) is { } fault)
                        wrong.Add($"{method.DeclaringType!.Name}.{method.Name}({parameter.Name}) of "
                            + $"{target?.GetType().Name}: {fault}");
                }
            }
        }
        Assert.True(checkedCount > 90, $"only {checkedCount} arguments were checked");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<MethodInfo> MethodsOf(Assembly package) => package.GetExportedTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && !method.IsGenericMethodDefinition
            && !method.DeclaringType!.IsGenericTypeDefinition
            && !method.IsDefined(typeof(CompilerGeneratedAttribute))
            && method.GetBaseDefinition().DeclaringType != typeof(object));

    private static bool NeedsValue(ParameterInfo parameter) => !parameter.ParameterType.IsValueType
        && !parameter.IsOut && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull;

    private static object?[] TargetsOf(MethodInfo method, ILedger local, HttpLedger remote)
    {
        var type = method.DeclaringType!;
        if (method.IsStatic) return [null];
        if (type == typeof(ILedger)) return [local, remote];
        if (type == typeof(IBilling)) return [local.Billing, remote.Billing];
        if (type == typeof(ISites) || type == typeof(IChains)) return [local.Sites, remote.Sites];
        return type == typeof(HttpLedger) ? [remote] : type == typeof(InvalidRequestException)
            ? [new InvalidRequestException("field", "is wrong")] : [RuntimeHelpers.GetUninitializedObject(type)];
    }

    private static object? Sample(Type type, ILedger ledger, WebApplication app)
    {
        if (type == typeof(string)) return "x";
        if (type == typeof(string[])) return new[] { "x" };
        if (type == typeof(ILedger)) return ledger;
        if (type == typeof(IBilling)) return ledger.Billing;
        if (type == typeof(IServiceCollection)) return new ServiceCollection();
        if (type == typeof(IHealthChecksBuilder)) return new ServiceCollection().AddHealthChecks();
        if (type == typeof(IConfiguration)) return new ConfigurationBuilder().Build();
        if (type == typeof(IEndpointRouteBuilder)) return app;
        if (type == typeof(RouteGroupBuilder)) return app.MapGroup("/x");
        if (type == typeof(Stream)) return Stream.Null;
        if (type == typeof(Uri)) return new Uri("http://127.0.0.1:9/x");
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return Expression.Lambda(type, Expression.Default(invoke.ReturnType),
                invoke.GetParameters().Select(each => Expression.Parameter(each.ParameterType))).Compile();
        }
        if (type.IsByRef || type.IsInterface) return null;
        if (type == typeof(Money)) return Money.Of(1);
        return type.IsValueType || type.GetConstructor([]) is not null ? Activator.CreateInstance(type) : RuntimeHelpers.GetUninitializedObject(type);
    }

    private static async Task<string?> FaultAsync(
        MethodInfo method, object? target, object?[] arguments, string name)
    {
        try
        {
            var result = method.Invoke(target, arguments);
            if (result is Task task) await task;
            return "it is taken";
        }
        catch (Exception e)
        {
            var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            var named = cause switch
            {
                ArgumentNullException known => known.ParamName,
                InvalidRequestException known => known.Field,
                _ => null,
            };
            return named == name || named == System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name)
                ? null : $"{cause.GetType().Name}: {cause.Message}";
        }
    }
}
