using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Transformers.Serving;

/// <summary>Names the properties of row types by their columns, in the application's JSON and so in its OpenAPI document.</summary>
internal static class ColumnNames
{
    public static void Use(JsonSerializerOptions options, params Type[] rowTypes) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
        {
            if (!rowTypes.Contains(type.Type))
            {
                return;
            }
            var names = SchemaDefinition.Create(type.Type, SchemaDefinition.Direction.Both).ToDictionary(column => column.MemberName, column => column.ColumnName);
            foreach (var property in type.Properties)
            {
                if (property.AttributeProvider is System.Reflection.MemberInfo member && names.TryGetValue(member.Name, out var name))
                {
                    property.Name = name;
                }
            }
        });
}
