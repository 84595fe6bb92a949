/**
 * A text inside a query: GraphQL writes strings as JSON does. Source:
 * https://spec.graphql.org/October2021/#sec-String-Value
 */
export function graphqlText(text: string): string {
  return JSON.stringify(text);
}
