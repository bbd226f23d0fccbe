using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Microsoft.ML.Internal;

/// <summary>Reads and writes a member without reflection at each call.</summary>
internal static class MemberAccess<TRow, TValue>
    where TRow : class
{
    private static readonly ConcurrentDictionary<MemberInfo, Func<TRow, TValue>> Readers = [];
    private static readonly ConcurrentDictionary<MemberInfo, Action<TRow, TValue>> Writers = [];

    public static Func<TRow, TValue> Reader(MemberInfo member) => Readers.GetOrAdd(member, static member =>
        member is PropertyInfo property
            ? property.GetMethod.CreateDelegate<Func<TRow, TValue>>()
            : Compile<Func<TRow, TValue>>((FieldInfo)member, typeof(TValue), [typeof(TRow)], OpCodes.Ldfld));

    public static Action<TRow, TValue> Writer(MemberInfo member) => Writers.GetOrAdd(member, static member =>
        member is PropertyInfo property
            ? (property.SetMethod ?? throw Contracts.ExceptNotSupp(null, $"Property '{property.Name}' of type '{typeof(TRow).FullName}' has no setter."))
                .CreateDelegate<Action<TRow, TValue>>()
            : Compile<Action<TRow, TValue>>((FieldInfo)member, typeof(void), [typeof(TRow), typeof(TValue)], OpCodes.Stfld));

    // Not an expression tree, which would not write a read-only field.
    private static TDelegate Compile<TDelegate>(FieldInfo field, Type returns, Type[] parameters, OpCode access)
        where TDelegate : Delegate
    {
        var method = new DynamicMethod(field.Name, returns, parameters, typeof(MemberAccess<TRow, TValue>).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        if (parameters.Length > 1)
            code.Emit(OpCodes.Ldarg_1);
        code.Emit(access, field);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<TDelegate>();
    }
}
