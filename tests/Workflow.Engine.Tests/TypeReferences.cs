using System.Reflection;
using System.Reflection.Emit;

namespace Workflow.Engine.Tests;

/// <summary>The types that a type mentions: in its bases, its members' signatures and the code of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, [type.BaseType, .. type.GetInterfaces(), .. type.GetFields(Own).Select(field => field.FieldType)]);
        foreach (var attribute in type.GetCustomAttributesData()) Add(found, attribute.AttributeType);
        foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            AddSignature(found, method);
            if (method.GetMethodBody() is not { } body) continue;
            Add(found, [.. body.LocalVariables.Select(variable => variable.LocalType)]);
            foreach (var token in Tokens(body.GetILAsByteArray()!))
                AddMember(found, method.Module.ResolveMember(token, Arguments(type), method is MethodInfo ? method.GetGenericArguments() : []));
        }
        return found;
    }

    private static Type[] Arguments(Type type) => type.IsGenericType ? type.GetGenericArguments() : [];

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var opCode = Codes[first == 0xFE ? (short)(0xFE00 | code[at++]) : first];
            if (opCode.OperandType is OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField)
                yield return BitConverter.ToInt32(code, at);
            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void AddMember(HashSet<Type> found, MemberInfo? member)
    {
        Add(found, member as Type ?? member?.DeclaringType);
        if (member is FieldInfo field) Add(found, field.FieldType);
        if (member is not MethodBase method) return;
        AddSignature(found, method);
        if (method.IsGenericMethod) Add(found, method.GetGenericArguments());
    }

    private static void AddSignature(HashSet<Type> found, MethodBase method)
    {
        Add(found, [.. method.GetParameters().Select(parameter => parameter.ParameterType)]);
        if (method is MethodInfo { ReturnType: var result }) Add(found, result);
    }

    private static void Add(HashSet<Type> found, params Type?[] types)
    {
        foreach (var type in types)
        {
            if (type is null || !found.Add(type)) continue;
            Add(found, type.HasElementType ? type.GetElementType() : null, type.DeclaringType);
            if (type.IsGenericType) Add(found, type.GetGenericArguments());
        }
    }
}
