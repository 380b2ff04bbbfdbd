/**
 * Dashboard, queries, health and metrics over HTTP. Knows an app from outside: it asks tasks by
 * their mailboxes, and nothing on the learning path knows it. Needs Javalin, which is an optional
 * dependency.
 */
package eddy.web;
