using System.Linq.Expressions;

namespace TinyTcp.Tests.Support;

/// <summary>Calls the <c>Match</c> of any closed union.</summary>
internal static class UnionMatch
{
    /// <summary>The name of the parameter whose function a union's <c>Match</c> calls.</summary>
    internal static string Called<TUnion>(TUnion union)
        where TUnion : notnull
    {
        var match = typeof(TUnion).GetMethod("Match")!.MakeGenericMethod(typeof(string));
        var functions = match
            .GetParameters()
            .Select(static function =>
                Expression
                    .Lambda(
                        function.ParameterType,
                        Expression.Constant(function.Name),
                        function.ParameterType.GetGenericArguments()[..^1].Select(Expression.Parameter)
                    )
                    .Compile()
            );
        return (string)match.Invoke(union, [.. functions])!;
    }
}
